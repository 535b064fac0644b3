import * as tf from '@tensorflow/tfjs-core';

/**
 * What a classifier believes of examples being real, where "fake" is a class K + 1 whose logit is 0: logits of the K classes stand for
 * D = Z / (Z + 1), Z = sum exp(logit). Gives ln Z, [count], which is the logit of D. Salimans et al., https://arxiv.org/abs/1606.03498, section 5.
 * @param logits [count, classes]
 */
export function realLogit(logits: tf.Tensor): tf.Tensor {
  if (logits.rank !== 2) throw new RangeError(`realLogit: expected [count, classes], got [${logits.shape}]`);
  return tf.logSumExp(logits, 1);
}

/**
 * The unsupervised half of the loss of a K + 1 classifier: real examples are of one of the K classes, fake ones of none. Half of
 * -E_x log D - E_G log(1 - D), as in the paper's code.
 */
export function unsupervisedLoss(real: tf.Tensor, fake: tf.Tensor): tf.Tensor {
  const onReal = tf.mean(tf.softplus(tf.neg(realLogit(real))));
  const onFake = tf.mean(tf.softplus(realLogit(fake)));
  return tf.mul(0.5, tf.add(onReal, onFake));
}

/** The supervised half: cross entropy in nats. @param oneHot [count, classes] */
export function classLoss(logits: tf.Tensor, oneHot: tf.Tensor): tf.Tensor {
  if (logits.shape.join() !== oneHot.shape.join())
    throw new RangeError(`classLoss: expected logits of [${oneHot.shape}], got [${logits.shape}]`);
  return tf.neg(tf.mean(tf.sum(tf.mul(oneHot, tf.logSoftmax(logits)), 1)));
}

/** The share of examples whose highest logit is that of their class. @param oneHot [count, classes] */
export function classAccuracy(logits: tf.Tensor, oneHot: tf.Tensor): tf.Tensor {
  const ofClass = tf.sum(tf.mul(logits, oneHot), 1);
  return tf.mean(tf.cast(tf.greaterEqual(ofClass, tf.max(logits, 1)), 'float32'));
}
