import type { Trainable } from '../recipes/index.ts';
import { restore } from './checkpoint-state.ts';
import { rewindStepLog } from './directory/rewind-step-log.ts';
import type { RecordedConfig, RunDirectory } from './directory/run-directory.ts';

/**
 * Puts a run back to its newest good checkpoint, or to the beginning when it was stopped before the first one, and
 * cuts its log to that point.
 * A run that was killed after its last step and before its report goes on too, and ends in order.
 * @param warn called with each newer checkpoint that could not be used
 * @throws RangeError when the run has done all its steps already; nothing is changed then
 */
export async function resume(
  directory: RunDirectory,
  config: RecordedConfig,
  assembly: Trainable,
  warn: (message: string) => void,
): Promise<void> {
  await restoreLatest(directory, config, assembly, warn);
  const { index } = assembly.learner;
  if (index > config.steps || (index === config.steps && directory.finished(index)))
    throw new RangeError(
      `--steps: expected more than the ${index} steps that the run has done, got ${config.steps}`,
    );
  directory.restoreOrder();
  rewindStepLog(directory.log, index);
}

/** Restores the newest good checkpoint. @returns its step, or undefined where there is no checkpoint at all */
export async function restoreLatest(
  directory: RunDirectory,
  config: RecordedConfig,
  assembly: Trainable,
  warn: (message: string) => void,
): Promise<number | undefined> {
  const latest = await directory.checkpointStore(config).latest();
  if (latest === undefined) return undefined;
  for (const error of latest.skipped) warn(`${error.message}; going back to step ${latest.index}`);
  restore(latest, config, assembly);
  return latest.index;
}
