import * as tf from '@tensorflow/tfjs-core';

/**
 * The probability that a classifier gives to examples being real, where "fake" is a class K + 1
 * whose logit is 0: logits of the K classes stand for D = Z / (Z + 1), Z = sum exp(logit). Gives ln
 * Z, [count], which is the logit of D. Salimans et al., https://arxiv.org/abs/1606.03498, section
 * 5.
 * @param logits [count, classes]
 */
export function realLogit(logits: tf.Tensor): tf.Tensor {
  if (logits.rank !== 2) throw new RangeError(`realLogit: expected [count, classes], got [${logits.shape}]`);
  return tf.logSumExp(logits, 1);
}

/**
 * The unsupervised half of the loss of a K + 1 classifier: real examples are of one of the K
 * classes, fake ones of none. Half of -E_x log D - E_G log(1 - D), as in the paper's code.
 */
export function unsupervisedLoss(real: tf.Tensor, fake: tf.Tensor): tf.Tensor {
  const onReal = tf.mean(tf.softplus(tf.neg(realLogit(real))));
  const onFake = tf.mean(tf.softplus(realLogit(fake)));
  return tf.mul(0.5, tf.add(onReal, onFake));
}
