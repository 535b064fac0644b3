import * as tf from '@tensorflow/tfjs-core';

/**
 * Squared Euclidean distances of examples in pairs, each summed over all numbers of the example:
 * [count].
 */
export function squaredDistances(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  if (left.shape.join() !== right.shape.join())
    throw new RangeError(
      `squaredDistances: expected [${left.shape}] beside each other, got [${right.shape}]`,
    );
  const axes = left.shape.map((_, axis) => axis).slice(1);
  return tf.sum(tf.square(tf.sub(left, right)), axes);
}

/**
 * The gauge `reconstruction`: the mean Euclidean distance of examples from their reconstructions, a
 * scalar.
 */
export function reconstructionLoss(examples: tf.Tensor, rebuilt: tf.Tensor): tf.Tensor {
  // The square root has no gradient at 0.
  return tf.mean(tf.sqrt(tf.add(squaredDistances(examples, rebuilt), 1e-12)));
}
