import type { Engine } from '../engine.ts';
import { EngineUnavailableError } from '../errors.ts';
import { once } from '../once.ts';
import { overrideKernels } from '../wasm/overrides.ts';
import { EagerEngine } from './engine.ts';
import { startBackend } from './start-backend.ts';

/**
 * The WebAssembly engine: runs wherever Node.js does, on one thread. Its results are the same bits
 * on every run.
 * @throws EngineUnavailableError when this Node.js cannot run WebAssembly
 */
export async function wasmEngine(): Promise<Engine> {
  const { version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
  try {
    await startBackend('wasm');
  } catch (cause) {
    throw new EngineUnavailableError('the wasm engine does not start on this Node.js; take the engine cpu', {
      cause,
    });
  }
  once('wasm listeners', removeListeners);
  once('wasm kernels', overrideKernels);
  return new EagerEngine('wasm', `TensorFlow.js ${version_wasm} in WebAssembly, one thread`);
}

/**
 * Removes the listeners that Emscripten adds to the process. They throw every uncaught error again,
 * so that it ends the process with another exit code, after a page of minified code.
 */
function removeListeners(): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    for (const listener of process.rawListeners(event))
      if (/ExitStatus|^function\s*\(reason\)\s*\{\s*throw reason/.test(String(listener)))
        process.removeListener(event, listener as never);
}
