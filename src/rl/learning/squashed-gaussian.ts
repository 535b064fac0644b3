import * as tf from '@tensorflow/tfjs-core';
import { gaussianLogDensity } from './gaussian.ts';
import { requireShape } from './shapes.ts';

/** Actions between -1 and 1, and ln of the density that each has. */
export interface Squashed {
  /** [count, numbers] */
  readonly action: tf.Tensor;
  /** [count] */
  readonly logProbability: tf.Tensor;
}

/** Logarithms of deviations are cut to these bounds, as in the authors' code. */
export const logDeviationBounds = [-20, 2] as const;

/**
 * Actions tanh(u) with u = mean + deviation * noise, and the logarithm of their density, with what
 * the hyperbolic tangent does to it: ln N(u) - sum ln(1 - tanh(u)^2). The last term is computed as
 * 2 (ln 2 - u - softplus(-2u)), which does not round to ln 0 where tanh(u) is 1. The gradient goes
 * through mean and deviation. Haarnoja et al., https://arxiv.org/abs/1812.05905, appendix C.
 * @param mean [count, numbers], likewise the others
 * @param logDeviation ln of the standard deviations; cut to -20 to 2
 * @param noise standard normal numbers
 * @throws RangeError for shapes that differ
 */
export function squashedGaussian(mean: tf.Tensor, logDeviation: tf.Tensor, noise: tf.Tensor): Squashed {
  requireShape('squashedGaussian', 2, { mean, logDeviation, noise });
  const [lowest, highest] = logDeviationBounds;
  const log = tf.minimum(tf.maximum(logDeviation, lowest), highest);
  const u = tf.add(mean, tf.mul(tf.exp(log), noise));
  const correction = tf.mul(2, tf.sub(tf.sub(Math.LN2, u), tf.softplus(tf.mul(u, -2))));
  const density = tf.sub(gaussianLogDensity(noise, log), correction);
  return { action: tf.tanh(u), logProbability: tf.sum(density, 1) };
}
