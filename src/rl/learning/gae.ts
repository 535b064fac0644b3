import { finiteNumber } from '../../base/index.ts';
import { requireLength } from './shapes.ts';

/**
 * Consecutive steps of some environments: element `t * numEnvs + w` of every list is of step t in
 * environment w.
 */
export interface Course {
  readonly numEnvs: number;
  readonly rewards: ArrayLike<number>;
  /** gamma, and 0 where the step terminated the episode. */
  readonly discounts: ArrayLike<number>;
  /** 0 where the episode ended with the step, terminated or truncated; 1 elsewhere. */
  readonly continues: ArrayLike<number>;
  /**
   * The estimate in the state that the step led to: at an end the last state of the old episode,
   * not the first of the new one.
   */
  readonly valuesAfter: ArrayLike<number>;
}

/**
 * Generalised advantage estimation: the sum of the TD errors that follow within the episode, each
 * weighed by (gamma lambda)^distance. Lambda 0 trusts the estimates, lambda 1 the returns. A
 * truncated episode ends the sum, but its last error still bootstraps. Schulman et al.,
 * https://arxiv.org/abs/1506.02438, equation 16.
 * @param valuesBefore the estimate in the state before each step
 * @throws RangeError for lists of another length, or a lambda outside 0 to 1
 */
export function gae(course: Course, valuesBefore: ArrayLike<number>, lambda: number): Float32Array {
  const { numEnvs, rewards, discounts, continues, valuesAfter } = course;
  requireLength('gae', { rewards, discounts, continues, valuesAfter, valuesBefore });
  finiteNumber('gae: lambda', lambda, 0, 1);
  const advantages = new Float32Array(rewards.length);
  const following = new Float64Array(numEnvs);
  for (let i = rewards.length - 1; i >= 0; i--) {
    const discount = discounts[i]!;
    const error = rewards[i]! + discount * valuesAfter[i]! - valuesBefore[i]!;
    const advantage = error + discount * lambda * continues[i]! * following[i % numEnvs]!;
    following[i % numEnvs] = advantage;
    advantages[i] = advantage;
  }
  return advantages;
}
