import * as tf from '@tensorflow/tfjs-core';

/**
 * The logit of the probability D that an example is real, for a classifier of K classes and a class
 * K + 1, "fake", whose logit is 0: D = Z / (Z + 1) with Z = sum exp(logit), so the logit is ln Z,
 * [count]. Salimans et al., https://arxiv.org/abs/1606.03498, section 5.
 * @param logits [count, classes]
 */
export function realLogit(logits: tf.Tensor): tf.Tensor {
  if (logits.rank !== 2) throw new RangeError(`realLogit: expected [count, classes], got [${logits.shape}]`);
  return tf.logSumExp(logits, 1);
}

/**
 * The unsupervised part of the loss of a K + 1 classifier: half of -E_x log D - E_G log(1 - D), as
 * in the paper's code.
 */
export function unsupervisedLoss(real: tf.Tensor, fake: tf.Tensor): tf.Tensor {
  const onReal = tf.mean(tf.softplus(tf.neg(realLogit(real))));
  const onFake = tf.mean(tf.softplus(realLogit(fake)));
  return tf.mul(0.5, tf.add(onReal, onFake));
}
