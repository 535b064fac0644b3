import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';

/**
 * Huber's loss of each error: error^2 / 2 up to `bound`, then bound * (|error| - bound / 2), so
 * that its slope never exceeds the bound. Huber, Ann. Math. Statist. 35 (1964). With bound 1 it is
 * the clipped error of DQN.
 * @throws RangeError for a bound that is not above 0
 */
export function huber(error: tf.Tensor, bound = 1): tf.Tensor {
  positiveNumber('huber: bound', bound);
  const size = tf.abs(error);
  const inside = tf.minimum(size, bound);
  return tf.add(tf.div(tf.square(inside), 2), tf.mul(tf.sub(size, inside), bound));
}
