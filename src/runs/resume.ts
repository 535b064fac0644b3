import type { LatestCheckpoint } from '../checkpoint/index.ts';
import { restore } from './checkpoint-state.ts';
import { rewindStepLog } from './directory/rewind-step-log.ts';
import type { Report } from './directory/run-report.ts';
import type { RunContext } from './run-context.ts';

/** What is put back to a checkpoint. */
export type Restored = Pick<RunContext, 'directory' | 'config' | 'assembly' | 'warn'>;

/**
 * Puts a run back to its newest good checkpoint, or to the beginning when it was stopped before the
 * first one, cuts its log to that point, and writes its config, which may have a new number of
 * steps. A run that was killed after its last step and before its report goes on too, and ends in
 * order. `warn` is called with each newer checkpoint that could not be used.
 * @returns the report where the run has finished with as many steps; nothing is changed then
 * @throws RangeError where the run has done more steps than it is to have; nothing is changed then
 */
export async function resume(restored: Restored): Promise<Report | undefined> {
  const { directory, config, assembly } = restored;
  await restoreLatest(restored);
  const { index } = assembly.learner;
  if (index > config.steps)
    throw new RangeError(
      `steps: expected at least the ${index} steps that the run has done, got ${config.steps}`,
    );
  const report = directory.finished();
  // A run may end before its last step: after its last episode.
  const all = index === config.steps || directory.recorded()?.steps === config.steps;
  if (report?.steps === index && all) return report;
  directory.restoreOrder();
  rewindStepLog(directory.log, index);
  directory.update(config);
  return undefined;
}

/**
 * The same, and `say` is told from which step the run goes on.
 * @returns as `resume`
 */
export async function goOn(context: RunContext, say?: (text: string) => void): Promise<Report | undefined> {
  const finished = await resume(context);
  const { assembly, config } = context;
  if (finished === undefined) say?.(`goes on from step ${assembly.learner.index} of ${config.steps}`);
  return finished;
}

/**
 * Restores the newest good checkpoint. @returns its step, or undefined where there is no checkpoint
 * at all
 */
export async function restoreLatest(restored: Restored): Promise<number | undefined> {
  const latest = await newestCheckpoint(restored);
  if (latest === undefined) return undefined;
  restore(latest, restored.config, restored.assembly);
  return latest.index;
}

/** The newest good checkpoint of a run, where there is one. */
export async function newestCheckpoint({
  directory,
  config,
  warn,
}: Pick<Restored, 'directory' | 'config' | 'warn'>): Promise<LatestCheckpoint | undefined> {
  const latest = await directory.checkpointStore(config).latest();
  for (const error of latest?.skipped ?? []) warn(`${error.message}; going back to step ${latest!.index}`);
  return latest;
}
