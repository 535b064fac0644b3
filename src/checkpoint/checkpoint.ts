import type { Tree, Value } from '../engine/index.ts';

/**
 * What is saved in addition to the tensors: JSON only. Callers add seed, fingerprint of the
 * dataset, config, versions.
 */
export interface CheckpointState {
  /**
   * The number of steps that are done, which is the index of the next step. Names and orders the
   * files.
   */
  readonly index: number;
  readonly [name: string]: unknown;
}

/** Everything that a run needs to go on where it stopped. */
export interface Checkpoint {
  /** Weights, optimiser slots, averages. Branches without a leaf leave no trace in the file. */
  readonly tensors: Tree<Value>;
  readonly state: CheckpointState;
}

/** A checkpoint that was read and verified. */
export interface LoadedCheckpoint {
  /**
   * By path, `critic/0/kernel`. Not a tree, because a file knows neither empty branches nor the
   * order of the leaves: `unflatten(tensors, liveState)` gives a tree of the right structure or
   * names the path that differs.
   */
  readonly tensors: ReadonlyMap<string, Value>;
  readonly state: CheckpointState;
}
