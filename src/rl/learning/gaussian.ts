import * as tf from '@tensorflow/tfjs-core';
import { requireShape } from './shapes.ts';

const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/**
 * ln of the density of each number under independent normals by its distance from the mean in
 * deviations.
 */
export function gaussianLogDensity(away: tf.Tensor, logDeviation: tf.Tensor): tf.Tensor {
  return tf.neg(tf.add(tf.add(tf.mul(tf.square(away), 0.5), logDeviation), halfLogTau));
}

/**
 * ln p(action) under independent normals, summed over the numbers of an action.
 * @param mean [count, numbers]
 * @param logDeviation ln of the standard deviation of each number, [numbers], the same in every
 * state
 * @param action [count, numbers]
 * @throws RangeError for other shapes
 */
export function gaussianLogProbability(
  mean: tf.Tensor,
  logDeviation: tf.Tensor,
  action: tf.Tensor,
): tf.Tensor1D {
  requireShape('gaussianLogProbability', 2, { mean, action });
  requireNumbers('gaussianLogProbability', logDeviation, mean.shape[1]!);
  const away = tf.div(tf.sub(action, mean), tf.exp(logDeviation));
  return tf.neg(tf.sum(tf.add(tf.add(tf.mul(tf.square(away), 0.5), logDeviation), halfLogTau), 1));
}

/**
 * The differential entropy of the same normals, in nats: sum of ln deviation + ln(2 pi e) / 2. A
 * scalar: it is the same in every state.
 */
export function gaussianEntropy(logDeviation: tf.Tensor): tf.Scalar {
  requireNumbers('gaussianEntropy', logDeviation, logDeviation.size);
  return tf.sum(tf.add(logDeviation, 0.5 + halfLogTau));
}

function requireNumbers(name: string, logDeviation: tf.Tensor, numbers: number): void {
  if (logDeviation.shape.join() !== `${numbers}`)
    throw new RangeError(`${name}: expected logDeviation [${numbers}], got [${logDeviation.shape}]`);
}
