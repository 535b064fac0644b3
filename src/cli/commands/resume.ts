import { given } from '../../base/index.ts';
import { openRunEngine, RunDirectory, resumeRun } from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';
import { supervise } from '../supervise.ts';
import type { Supervision } from '../watchers.ts';

interface Options extends Supervision {
  readonly steps?: number;
  readonly data?: string;
  readonly engine?: string;
  readonly features?: string;
  readonly decodeWorkers?: number;
}

/** `weir resume <run-dir>`: goes on from the newest good checkpoint. */
export async function resumeFrom(console: Console, path: string, options: Options): Promise<void> {
  const directory = new RunDirectory(path);
  const { steps = directory.config().steps, data, features, decodeWorkers } = options;
  if (directory.finished()?.steps === steps)
    throw new RangeError(
      `--steps: expected more than the ${steps} steps that the run has done, got ${steps}`,
    );
  await supervise(console, path, options, ({ measured, ...hooks }) =>
    resumeRun(path, {
      ...hooks,
      engine: (config) => measured(() => openRunEngine(config, options.engine, warner(console, options))),
      ...given({ steps, data, features, decodeWorkers }),
    }),
  );
}
