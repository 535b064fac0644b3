import { isDeepStrictEqual } from 'node:util';
import type { Checkpoint, LoadedCheckpoint } from '../checkpoint/index.ts';
import { unflatten } from '../engine/index.ts';
import type { Assembly } from './assemble.ts';
import { RunDirectoryError } from './errors.ts';
import type { RunConfig } from './run-directory.ts';

/** What must be the same for a run to go on as if it had never stopped. */
function identity(config: RunConfig, { dataset }: Assembly) {
  const { recipe, batch, options } = config;
  return { recipe, batch, options, data: dataset.fingerprint };
}

/** The checkpoint of a run at its present turn: a pure function of the training so far, so that equal runs give equal bytes. */
export async function checkpointOf(config: RunConfig, assembly: Assembly): Promise<Checkpoint> {
  const { tensors, state } = await assembly.trainer.save();
  return { tensors, state: { ...state, ...identity(config, assembly) } };
}

/**
 * Puts a trainer where a checkpoint stands.
 * @throws RunDirectoryError when the checkpoint is of other data, another recipe or other hyper-parameters
 */
export async function restore(
  checkpoint: LoadedCheckpoint,
  config: RunConfig,
  assembly: Assembly,
): Promise<void> {
  for (const [name, ours] of Object.entries(identity(config, assembly))) {
    const theirs = checkpoint.state[name];
    if (!isDeepStrictEqual(theirs, ours)) {
      throw new RunDirectoryError(
        `checkpoint: expected ${name} ${JSON.stringify(ours)} as the run is configured, got ${JSON.stringify(theirs)}`,
      );
    }
  }
  const { trainer } = assembly;
  const { tensors } = await trainer.save();
  await trainer.restore({
    tensors: unflatten(checkpoint.tensors, tensors),
    state: checkpoint.state as never,
  });
}
