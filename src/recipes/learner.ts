import type { Checkpoint, LoadedCheckpoint } from '../checkpoint/index.ts';
import type { EndedEpisode, Played } from '../rl/index.ts';

/** The trainable part of a run, a trainer or an agent, as checkpoints need it. */
export interface Learner {
  /** The index of the next step. */
  readonly index: number;
  /**
   * Multiplies all learning rates from the next step on, and is saved with the rest; absent where
   * there is no rate to change.
   */
  rateFactor?: number;
  /**
   * A copy of all that the next step depends on. @throws WeirError when it should not be kept: a
   * weight is no number
   */
  save(): Checkpoint;
  /** Goes back to a checkpoint. @throws RangeError when it does not fit */
  restore(checkpoint: LoadedCheckpoint): void;
  /** What an agent has played to learn, in this process. */
  played?(): Played;
  /**
   * Calls `heard` with every episode that ends from now on; absent where a step ends one at most,
   * so that the events say as much.
   */
  onEpisode?(heard: (episode: EndedEpisode) => void): void;
  /** Releases what it holds on an engine. */
  close(): void;
}
