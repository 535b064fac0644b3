import * as tf from '@tensorflow/tfjs-core';

/**
 * A Gaussian with independent coordinates for every example, as a stochastic encoder puts it out.
 * Each [count, size].
 */
export interface Posterior {
  readonly mean: tf.Tensor;
  readonly logDeviation: tf.Tensor;
}

/**
 * The two halves of an encoder's output: means, then logarithms of standard deviations. @param y
 * [count, 2 size]
 */
export function posteriorOf(y: tf.Tensor): Posterior {
  const width = y.shape[1] ?? 0;
  if (y.rank !== 2 || width === 0 || width % 2 !== 0)
    throw new RangeError(`posteriorOf: expected [count, 2 size], got [${y.shape}]`);
  const [mean, logDeviation] = tf.split(y, 2, 1);
  return { mean: mean!, logDeviation: logDeviation! };
}

/**
 * A code for every example: mean + deviation * noise, so that the gradient passes to both. Kingma
 * and Welling, "Auto-Encoding Variational Bayes", https://arxiv.org/abs/1312.6114, section 2.4.
 * @param noise N(0, 1), [count, size]
 */
export function drawCode({ mean, logDeviation }: Posterior, noise: tf.Tensor): tf.Tensor {
  return tf.add(mean, tf.mul(tf.exp(logDeviation), noise));
}

/**
 * The divergence KL(posterior || N(0, 1)) in nats, summed over the coordinates, mean over the
 * examples: a scalar. Kingma and Welling, appendix B.
 */
export function klToNormal({ mean, logDeviation }: Posterior): tf.Tensor {
  const variance = tf.exp(tf.mul(2, logDeviation));
  const excess = tf.sub(tf.add(tf.square(mean), variance), tf.add(1, tf.mul(2, logDeviation)));
  return tf.mul(0.5, tf.mean(tf.sum(excess, 1)));
}
