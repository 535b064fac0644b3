import { oneOf, type Warn, warnProcess } from '../base/index.ts';
import { cpuEngine } from './eager/cpu.ts';
import { tensorflowEngine } from './eager/tensorflow.ts';
import { wasmEngine } from './eager/wasm.ts';
import type { Engine } from './engine.ts';
import { EngineUnavailableError } from './errors.ts';
import { onnxEngine } from './onnx/runtime/engine.ts';

const openers = {
  tensorflow: () => tensorflowEngine(),
  onnx: () => onnxEngine(),
  'onnx:webgpu': () => onnxEngine({ provider: 'webgpu' }),
  'onnx:cuda': () => onnxEngine({ provider: 'cuda' }),
  wasm: wasmEngine,
  cpu: cpuEngine,
};

/** The engines, best first. */
export const engineNames = Object.keys(openers) as readonly (keyof typeof openers)[];

/**
 * The engines that `auto` tries in order, and why it skips others. On a CPU, TensorFlow is not the
 * fastest.
 */
const candidates: readonly { readonly open: () => Promise<Engine>; readonly passed: string }[] = [
  { open: () => tensorflowEngine({ gpu: true }), passed: 'no GPU answers to tensorflow' },
  { open: openers.onnx, passed: 'onnx is not available' },
  { open: wasmEngine, passed: 'wasm does not start' },
];

/** An engine, and the reason for the choice as one line of text. */
export interface OpenedEngine {
  readonly engine: Engine;
  readonly reason: string;
}

/**
 * Opens the engine of a name: `onnx` (also `onnx:webgpu`, `onnx:cuda`), `tensorflow`, `wasm`,
 * `cpu`, or `auto` for the best that works here. Opening again is cheap, and several engines work
 * side by side.
 * @param options.warn called where `auto` falls back from `onnx`, with how to install it; by
 * default a warning of the process
 * @throws RangeError for another name, EngineUnavailableError where it does not work on this
 * machine
 */
export async function openEngine(
  name: string,
  { warn = warnProcess }: { readonly warn?: Warn } = {},
): Promise<OpenedEngine> {
  const chosen = oneOf('engine', name, ['auto', ...engineNames]);
  if (chosen !== 'auto') return { engine: await openers[chosen](), reason: 'asked for by name' };
  const passed: string[] = [];
  let slower: string | undefined;
  const found = (engine: Engine) => {
    if (slower !== undefined) warn(`engine auto takes ${engine.name}, which is many times slower: ${slower}`);
    return { engine, reason: passed.join(', ') || 'a GPU answers' };
  };
  for (const candidate of candidates) {
    try {
      return found(await candidate.open());
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      passed.push(candidate.passed);
      if (candidate.open === openers.onnx) slower = error.message;
    }
  }
  return found(await cpuEngine());
}
