import type { Actions } from '../deep/rollout.ts';

/** Steps of an environment, side by side: what was seen, done, earned and seen then. */
export interface Transitions {
  /** [count, numbers] */
  readonly before: Float32Array;
  /** [count] whole numbers, or [count, numbers]. */
  readonly actions: Actions;
  readonly rewards: Float32Array;
  /**
   * 0 where the step terminated the episode; 1, or gamma, elsewhere: also where it was truncated.
   */
  readonly discounts: Float32Array;
  /** [count, numbers]. At an end, the last observation of that episode. */
  readonly after: Float32Array;
}
