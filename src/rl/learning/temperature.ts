import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of the temperature's loss by ln(temperature): -temperature * mean(ln p +
 * targetEntropy), of the loss -temperature * mean(ln p + targetEntropy) with ln p constant. The
 * temperature falls where the policy's entropy is above its target. Haarnoja et al.,
 * https://arxiv.org/abs/1812.05905, equation 18.
 * @param logTemperature a scalar
 * @param logProbability of the actions that the policy takes, [count]
 * @param targetEntropy in nats
 */
export function temperatureGradient(
  logTemperature: tf.Tensor,
  logProbability: tf.Tensor,
  targetEntropy: number,
): tf.Tensor {
  const away = tf.add(tf.mean(logProbability), targetEntropy);
  return tf.neg(tf.mul(tf.exp(logTemperature), away));
}
