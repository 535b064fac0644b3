import * as tf from '@tensorflow/tfjs-core';

/** Mean -log softmax(logits) at the classes, given as one-hot rows: [count, classes] both. */
export function crossEntropy(logits: tf.Tensor, classes: tf.Tensor): tf.Tensor {
  if (logits.shape.join() !== classes.shape.join())
    throw new RangeError(`crossEntropy: expected logits of [${classes.shape}], got [${logits.shape}]`);
  return tf.neg(tf.mean(tf.sum(tf.mul(classes, tf.logSoftmax(logits)), -1)));
}

/** The share of rows whose largest logit is at the class. */
export function classAccuracy(logits: tf.Tensor, classes: tf.Tensor): tf.Tensor {
  const right = tf.equal(tf.argMax(logits, -1), tf.argMax(classes, -1));
  return tf.mean(tf.cast(right, 'float32'));
}
