import type { Dataset } from '../data/index.ts';
import type { Engine } from '../engine/index.ts';
import {
  type Assembly,
  assemble,
  execute,
  type Report,
  type RunConfig,
  type RunDirectory,
} from '../recipes/index.ts';
import { Run } from '../streams/index.ts';
import { duration, type Observer, Progress } from '../telemetry/index.ts';
import { type Console, printJson, wantsColour } from './console.ts';
import { stopOnSignals } from './signals.ts';

/** A run to execute, and how to tell of it. */
export interface Supervised {
  readonly console: Console;
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  /** None for an agent. */
  readonly dataset: Dataset | undefined;
  readonly engine: Engine;
  /** Why this engine, in a few words. */
  readonly reason: string;
  /** Prepares directory and trainer, once the directory is locked. */
  begin(assembly: Assembly, warn: (message: string) => void): void | Promise<void>;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Executes a run with progress, signals and a closing report. */
export async function supervise(supervised: Supervised): Promise<void> {
  const { console, directory, config, dataset, engine, reason, quiet = false, json = false } = supervised;
  const assembly = assemble(config, dataset, engine);
  const unlock = directory.lock();
  const say = (text: string) => quiet || console.stderr.write(`${text}\n`);
  try {
    const warn = (message: string) => console.stderr.write(`weir: ${message}\n`);
    await supervised.begin(assembly, warn);
    say(`weir: ${config.recipe} on ${config.data}, engine ${engine.name} (${reason}), in ${directory.path}`);
    const colour = wantsColour(console, console.stderr);
    const progress = new Progress(console.stderr, { ...config, colour });
    const run = new Run();
    const forget = stopOnSignals(run, say);
    try {
      const shown: Observer = { name: 'progress', event: (event) => progress.next(event) };
      const observers = quiet ? [] : [shown];
      const report = await execute({ directory, config, assembly, run, warn, observers });
      progress.end();
      if (json) printJson(console, report);
      else if (!quiet) console.stdout.write(summary(report, directory));
    } finally {
      progress.end();
      forget();
    }
  } finally {
    unlock();
  }
}

function summary(report: Report, directory: RunDirectory): string {
  const { ended, steps, startedAt, seconds, stepsPerSecond, verdict, picture } = report;
  return [
    `${ended} after ${steps} steps (${steps - startedAt} in ${duration(seconds)}, ${stepsPerSecond.toFixed(1)} a second)`,
    ...(picture === undefined ? [] : [`picture: ${picture}`]),
    ...(ended === 'stopped' ? [`go on with: weir resume ${directory.path}`] : []),
    ...(verdict === undefined ? [] : [verdict]),
    '',
  ].join('\n');
}
