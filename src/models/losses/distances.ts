import * as tf from '@tensorflow/tfjs-core';

function requireAlike(name: string, left: tf.Tensor, right: tf.Tensor): void {
  if (left.shape.join() !== right.shape.join())
    throw new RangeError(`${name}: expected two of equal shape, got [${left.shape}] and [${right.shape}]`);
}

/**
 * The mean of |left - right| over all numbers, L1: a scalar. @throws RangeError for other shapes
 */
export function meanAbsoluteError(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  requireAlike('meanAbsoluteError', left, right);
  return tf.mean(tf.abs(tf.sub(left, right)));
}

/**
 * The mean of (left - right)^2 over all numbers, L2: a scalar. @throws RangeError for other shapes
 */
export function meanSquaredError(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  requireAlike('meanSquaredError', left, right);
  return tf.mean(tf.square(tf.sub(left, right)));
}

/**
 * The mean of 1 - <left, right> over pixels whose channels are vectors of length 1, such as surface
 * normals: 0 where all agree, 0.5 at 60 degrees, 2 where all are opposite. A scalar.
 * @throws RangeError for other shapes
 */
export function cosineDistance(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  requireAlike('cosineDistance', left, right);
  return tf.sub(1, tf.mean(tf.sum(tf.mul(left, right), -1)));
}
