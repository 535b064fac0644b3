export { type CardOptions, checkCardFolder, writeCardFolder } from './card/card-folder.ts';
export { hubLicenses } from './card/licenses.ts';
export { ExportError, ExportMismatchError, ExportStoppedError } from './errors.ts';
export { type ExportedOnnx, type ExportOptions, exportOnnx, exportTolerance } from './export-onnx.ts';
export { type ExportedTensors, exportSafetensors } from './export-safetensors.ts';
export { type ExportableNetwork, exportableNetworks } from './networks.ts';
export { type ExportedPage, exportPage, requirePageFolder, writePage } from './web/export-page.ts';
export { WebRuntimeMissingError } from './web/runtime-script.ts';
export { ExportWriteError, writeExport } from './write-export.ts';
