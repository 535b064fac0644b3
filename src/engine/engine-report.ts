import { EngineUnavailableError } from './errors.ts';
import { engineNames, openEngine } from './open-engine.ts';

/** Whether an engine works on this machine. */
export interface EngineStatus {
  readonly name: string;
  readonly available: boolean;
  /** Its version and device, or why it is missing and what to do. */
  readonly detail: string;
}

/** All engines of this machine, and which of them `auto` takes and why. */
export interface EngineReport {
  readonly engines: readonly EngineStatus[];
  readonly auto: { readonly name: string; readonly reason: string };
}

/**
 * Starts every engine that can be started here, for `weir doctor`. GPU providers (`onnx:webgpu`,
 * `onnx:cuda`) are left out: their drivers write to the terminal when they are tried.
 */
export async function engineReport(): Promise<EngineReport> {
  const engines: EngineStatus[] = [];
  for (const name of engineNames.filter((name) => !name.includes(':'))) engines.push(await statusOf(name));
  // The list names missing engines already.
  const { engine, reason } = await openEngine('auto', { warn: () => {} });
  return { engines, auto: { name: engine.name, reason } };
}

async function statusOf(name: string): Promise<EngineStatus> {
  try {
    const { engine } = await openEngine(name);
    return { name, available: true, detail: engine.description };
  } catch (error) {
    if (!(error instanceof EngineUnavailableError)) throw error;
    return { name, available: false, detail: error.message };
  }
}
