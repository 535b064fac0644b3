/** Steps of an environment, side by side: what was seen, done, earned and seen then. */
export interface Transitions {
  /** [count, numbers] */
  readonly before: Float32Array;
  readonly actions: Int32Array;
  readonly rewards: Float32Array;
  /**
   * 0 where the step terminated the episode; 1, or gamma, elsewhere: also where it was truncated.
   */
  readonly discounts: Float32Array;
  /** [count, numbers]. At an end, the last observation of that episode. */
  readonly after: Float32Array;
}
