import { WeirError } from '../base/index.ts';
import { CheckpointForeignError, type LatestCheckpoint } from '../checkpoint/index.ts';
import { restore } from './checkpoint-state.ts';
import type { StepLog } from './directory/step-log.ts';
import { RollbackError } from './errors.ts';
import type { RunContext } from './run-context.ts';
import type { RollbackOrder } from './run-control.ts';
import type { Saver } from './saver.ts';

/** What the learning rates are multiplied with at every rollback. */
const slower = 0.5;

/**
 * Puts a living run back to its newest good checkpoint that is not later than `before`, with half
 * of its present learning rates; removes later checkpoints, cuts the log, and saves the checkpoint
 * again with the lower rates, so that a run which is killed right then goes on as it would have.
 * @throws RollbackError where there is no such checkpoint; RunLockLostError
 */
export async function rollBack(
  { directory, config, assembly, warn, events }: RunContext,
  { log, saver }: { readonly log: StepLog; readonly saver: Saver },
  { reason, before }: RollbackOrder,
): Promise<void> {
  directory.check();
  const { learner } = assembly;
  const from = learner.index;
  const factor = slower * (learner.rateFactor ?? 1);
  const store = directory.checkpointStore(config);
  const good = await newestGood(store, before, warn);
  if (good === undefined)
    throw new RollbackError(`no good checkpoint of step ${before} or earlier to roll back to (${reason})`);
  restore(good, config, assembly);
  await store.removeAfter(good.index);
  if (learner.rateFactor === undefined) warn('the run was rolled back, but has no learning rate to lower');
  else learner.rateFactor = factor;
  log.rewind(good.index);
  await saver.save();
  warn(`rolled back from step ${from} to ${good.index}, learning rates times ${learner.rateFactor ?? 1}`);
  events.event({ kind: 'rollback', index: good.index, from, reason, factor: learner.rateFactor ?? 1 });
}

/** The newest checkpoint of at most a step that can be read. */
async function newestGood(
  store: ReturnType<RunContext['directory']['checkpointStore']>,
  before: number,
  warn: (message: string) => void,
): Promise<Pick<LatestCheckpoint, 'index' | 'tensors' | 'state'> | undefined> {
  const stored = (await store.list()).filter(({ index }) => index <= before);
  for (const { path, index } of stored.reverse()) {
    try {
      return { index, ...(await store.load(path)) };
    } catch (error) {
      if (!(error instanceof WeirError) || error instanceof CheckpointForeignError) throw error;
      warn(`${error.message}; going back further`);
    }
  }
  return undefined;
}
