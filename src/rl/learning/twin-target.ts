import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { requireShape } from './shapes.ts';
import { tdTarget } from './td-target.ts';

/**
 * The target of twin critics: reward + discount * min(first, second), the smaller of the two
 * estimates, so that an overestimate of one does not spread. Fujimoto et al.,
 * https://arxiv.org/abs/1802.09477, equation 10.
 * @param first of one target critic, [count], likewise the others
 * @throws RangeError for shapes that differ
 */
export function twinTarget(
  reward: tf.Tensor,
  discount: tf.Tensor,
  first: tf.Tensor,
  second: tf.Tensor,
): tf.Tensor1D {
  requireShape('twinTarget', 1, { first, second });
  return tdTarget(reward, discount, tf.minimum(first, second));
}

/**
 * The same with the entropy of the policy as a part of the value: reward + discount * (min(first,
 * second) - temperature * ln p(action after)). Haarnoja et al., https://arxiv.org/abs/1812.05905,
 * equations 3 and 6.
 * @param logProbability of the action that the policy takes after the step, [count]
 * @param temperature a scalar
 * @throws RangeError for shapes that differ
 */
export function softTarget(
  reward: tf.Tensor,
  discount: tf.Tensor,
  first: tf.Tensor,
  second: tf.Tensor,
  { logProbability, temperature }: { readonly logProbability: tf.Tensor; readonly temperature: tf.Tensor },
): tf.Tensor1D {
  requireShape('softTarget', 1, { first, second, logProbability });
  const value = tf.sub(tf.minimum(first, second), tf.mul(temperature, logProbability));
  return tdTarget(reward, discount, value);
}

/**
 * Target policy smoothing: the target policy's action with normal noise of the deviation
 * `deviation`, cut to `clip`, and the sum cut to -1 to 1. Fujimoto et al.,
 * https://arxiv.org/abs/1802.09477, equation 14.
 * @param action between -1 and 1, [count, numbers]
 * @param noise standard normal numbers of the same shape
 * @throws RangeError for shapes that differ
 */
export function smoothedAction(
  action: tf.Tensor,
  noise: tf.Tensor,
  { deviation, clip }: { readonly deviation: number; readonly clip: number },
): tf.Tensor {
  requireShape('smoothedAction', 2, { action, noise });
  finiteNumber('smoothedAction: deviation', deviation, 0);
  finiteNumber('smoothedAction: clip', clip, 0);
  const cut = (x: tf.Tensor, bound: number) => tf.minimum(tf.maximum(x, -bound), bound);
  return cut(tf.add(action, cut(tf.mul(noise, deviation), clip)), 1);
}
