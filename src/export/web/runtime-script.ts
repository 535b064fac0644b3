import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WeirError } from '../../base/index.ts';
import { pageFolder } from './page-script.ts';

/** The files of onnxruntime-web that a page needs, of 143 MB that its package has. */
const runtimeFiles = ['ort.wasm.min.js', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

/** The package was built without onnxruntime-web, and it is not installed either. */
export class WebRuntimeMissingError extends WeirError {
  readonly code = 'WEB_RUNTIME_MISSING';
  readonly kind = 'failure';
}

/**
 * The script of a page that holds onnxruntime-web whole: its interface, and its WebAssembly packed
 * with gzip, since a page from a file can fetch nothing.
 * @throws WebRuntimeMissingError
 */
export function runtimeScript(): string {
  // The built package has it made: one of 5 MB in place of a dependency of 143 MB.
  const made = join(pageFolder, 'runtime.js');
  if (existsSync(made)) return readFileSync(made, 'utf8');
  const [api, loader, wasm] = runtimeFiles.map((name) => readFileSync(join(runtimeFolder(), name)));
  const held = {
    loader: loader!.toString('base64'),
    wasm: gzipSync(wasm!, { level: 9 }).toString('base64'),
  };
  const text = api!.toString().replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');
  return `${text}\nglobalThis.weirRuntime = ${JSON.stringify(held)};\n`;
}

/** Where the package lies that Weir is developed with. */
function runtimeFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'));
  } catch (cause) {
    throw new WebRuntimeMissingError(
      'export: expected onnxruntime-web for a page, got a package without it; install onnxruntime-web@1.30.0',
      { cause },
    );
  }
}
