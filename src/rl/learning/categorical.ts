import * as tf from '@tensorflow/tfjs-core';
import { selectActions } from './select-actions.ts';

/**
 * ln p(action) under softmax(logits).
 * @param logits [count, actions]
 * @param action [count], int32
 * @throws RangeError for other shapes
 */
export function categoricalLogProbability(logits: tf.Tensor, action: tf.Tensor): tf.Tensor1D {
  return selectActions(logProbabilities(logits), action);
}

/** -sum p ln p of softmax(logits) in nats: [count, actions] to [count]. At most ln(actions). */
export function categoricalEntropy(logits: tf.Tensor): tf.Tensor1D {
  const log = logProbabilities(logits);
  return tf.neg(tf.sum(tf.mul(tf.exp(log), log), 1));
}

/** Less the largest logit first, so that no exponential overflows. */
function logProbabilities(logits: tf.Tensor): tf.Tensor {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
}
