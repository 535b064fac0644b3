import * as tf from '@tensorflow/tfjs-core';
import type { ActionBounds } from './gaussian-policy.ts';

/** Actions within their bounds for numbers from -1 to 1, [count, numbers]. */
export function scaledTensor({ low, high }: ActionBounds, action: tf.Tensor): tf.Tensor {
  const half = low.map((from, i) => (high[i]! - from) / 2);
  const middle = low.map((from, i) => (high[i]! + from) / 2);
  return tf.add(tf.mul(action, tf.tensor1d(half)), tf.tensor1d(middle));
}
