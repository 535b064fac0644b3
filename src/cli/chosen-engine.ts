import { type OpenedEngine, openEngine } from '../engine/index.ts';
import { type Console, warner } from './console.ts';

/** What a command knows of the engine that it is to take. */
export interface EngineWish {
  /** What the option `--engine` says. */
  readonly engine?: string | undefined;
  /** The engine that the run has had so far. */
  readonly recorded?: string | undefined;
  readonly quiet?: boolean | undefined;
}

/**
 * The engine of a command: what is asked for, else what the run has had so far, else `auto`. Warns where it is
 * `wasm` since `onnx` is missing, unless `wasm` is asked for by name.
 * @throws as `openEngine` does
 */
export async function chosenEngine(console: Console, wish: EngineWish): Promise<OpenedEngine> {
  const { engine, recorded } = wish;
  const warn = warner(console, wish);
  const opened = await openEngine(engine ?? recorded ?? 'auto', { warn });
  // A run records the engine that `auto` took: what was missing then may be missing still.
  if (engine === undefined && recorded === 'wasm') await openEngine('auto', { warn });
  return opened;
}
