import * as tf from '@tensorflow/tfjs-core';

/** The same numbers as a constant: nothing is differentiated through them. */
export function stopGradient<T extends tf.Tensor>(x: T): T {
  const constant = tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: () => tf.zeros((value as tf.Tensor).shape),
  }));
  return constant(x) as T;
}
