export { chooseRows } from './choose-rows.ts';
export { type Differentiated, differentiate, type Loss } from './differentiate.ts';
export { cpuEngine } from './eager/cpu.ts';
export { hostEngine } from './eager/host.ts';
export { type TensorflowOptions, tensorflowEngine } from './eager/tensorflow.ts';
export { wasmEngine } from './eager/wasm.ts';
export type { Engine, Memory, Session } from './engine.ts';
export { type EngineReport, type EngineStatus, engineReport } from './engine-report.ts';
export { EngineUnavailableError } from './errors.ts';
export { ProgramNotCompilableError } from './onnx/errors.ts';
export {
  type ForeignModel,
  ForeignModelError,
  type ModelPort,
  openForeignModel,
} from './onnx/foreign-model.ts';
export { type Cost, costTable, onnxFile, profile } from './onnx/inspect.ts';
export { onnxEngine } from './onnx/runtime/engine.ts';
export type { OnnxOptions, Provider } from './onnx/runtime/options.ts';
export {
  type StandaloneModel,
  type StandaloneOptions,
  type StandalonePort,
  standaloneModel,
  usedLeaves,
} from './onnx/standalone/standalone-model.ts';
export { engineNames, type OpenedEngine, openEngine } from './open-engine.ts';
export type { Program, Result } from './program.ts';
export {
  fillBits,
  fold,
  integer,
  type Key,
  keyOf,
  normals,
  permutation,
  threefry2x32,
  uniforms,
} from './random.ts';
export { flattenTree, isBranch, mapTree, type Tree, unflattenTree, zipTree } from './tree.ts';
export { type Data, type DType, sizeOf, Value } from './value.ts';
