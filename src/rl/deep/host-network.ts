import type { Tree, Value } from '../../engine/index.ts';

/** A network on the host, for one observation at a time. */
export interface HostNetwork {
  /** Takes the weights of the layer; they are kept as they are, not copied. */
  load(weights: Tree<Value>): void;
  /**
   * The outputs for the observation that begins at `observations[at]`. They are overwritten by the
   * next call.
   */
  run(observations: ArrayLike<number>, at?: number): Float64Array;
  /** Releases what it holds, where it holds anything. */
  close?(): void;
}
