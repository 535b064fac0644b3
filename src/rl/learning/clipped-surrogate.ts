import * as tf from '@tensorflow/tfjs-core';
import { requireShape } from './shapes.ts';

/** The loss of a policy against the one that acted, and how far the two have come apart. */
export interface Surrogate {
  readonly loss: tf.Scalar;
  /**
   * Mean of (ratio - 1) - ln ratio: an estimate of KL(old, new) that is never negative.
   * http://joschu.net/blog/kl-approx.html
   */
  readonly approxKl: tf.Scalar;
  /** Share of the actions whose ratio is further than `clip` from 1. */
  readonly clipFraction: tf.Scalar;
}

/**
 * PPO's policy loss: -mean min(ratio * advantage, clipped ratio * advantage), where ratio = new /
 * old probability of the action. It gives no reward for going further than the clip, and does not
 * hide what makes matters worse. Schulman et al., https://arxiv.org/abs/1707.06347, equation 7.
 * @param logBefore ln of the probability when the action was taken, [count]
 * @param logNow ln of the probability now, [count]
 * @param advantage [count]
 * @param clip epsilon, a scalar
 * @throws RangeError for shapes that differ
 */
export function clippedSurrogate(
  logBefore: tf.Tensor,
  logNow: tf.Tensor,
  advantage: tf.Tensor,
  clip: tf.Tensor | number,
): Surrogate {
  requireShape('clippedSurrogate', 1, { logBefore, logNow, advantage });
  const logRatio = tf.sub(logNow, logBefore);
  const ratio = tf.exp(logRatio);
  const clipped = tf.minimum(tf.maximum(ratio, tf.sub(1, clip)), tf.add(1, clip));
  const gain = tf.minimum(tf.mul(ratio, advantage), tf.mul(clipped, advantage));
  const away = tf.sub(ratio, 1);
  return {
    loss: tf.neg(tf.mean(gain)),
    approxKl: tf.mean(tf.sub(away, logRatio)),
    clipFraction: tf.mean(tf.cast(tf.greater(tf.abs(away), clip), 'float32')),
  };
}
