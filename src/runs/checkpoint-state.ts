import { isDeepStrictEqual } from 'node:util';
import { given, isRecord } from '../base/index.ts';
import type { Checkpoint, LoadedCheckpoint } from '../checkpoint/index.ts';
import type { Trainable } from '../recipes/index.ts';
import type { RecordedConfig } from './directory/run-config.ts';
import { RunDirectoryError } from './errors.ts';

/** What must be the same for a run to go on as if it had never stopped. */
function identity(config: RecordedConfig, { data }: Trainable) {
  const { recipe, batch, options } = config;
  return { recipe, ...given({ batch }), options, data };
}

/**
 * The checkpoint of a run at its present step: a pure function of the training so far, so that
 * equal runs give equal bytes.
 */
export function checkpointOf(config: RecordedConfig, assembly: Trainable): Checkpoint {
  const { tensors, state } = assembly.learner.save();
  return { tensors, state: { ...state, ...identity(config, assembly) } };
}

/**
 * Restores a learner from a checkpoint of this run.
 * @throws RunDirectoryError when the checkpoint is of other data, another recipe or other
 * hyper-parameters
 */
export function restore(checkpoint: LoadedCheckpoint, config: RecordedConfig, assembly: Trainable): void {
  for (const [name, ours] of Object.entries(identity(config, assembly))) {
    const theirs = checkpoint.state[name];
    if (!isDeepStrictEqual(theirs, ours)) {
      const [expected, got] = differing(ours, theirs).map((value) => JSON.stringify(value));
      const hint = name === 'data' ? '; the data has changed, or --data names other data' : '';
      throw new RunDirectoryError(
        `run directory: expected a checkpoint of ${name} ${expected}, as the run is configured, got ${got}${hint}`,
      );
    }
  }
  assembly.learner.restore(checkpoint);
}

/** What differs of two values: of two records their entries that are not the same, else both. */
function differing(ours: unknown, theirs: unknown): readonly [unknown, unknown] {
  if (!isRecord(ours) || !isRecord(theirs)) return [ours, theirs];
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  const changed = names.filter((name) => !isDeepStrictEqual(ours[name], theirs[name]));
  const those = (of: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(changed.flatMap((name) => (name in of ? [[name, of[name]]] : [])));
  return [those(ours), those(theirs)];
}
