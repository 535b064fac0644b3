import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of a kernel with two operands, summed where an operand was broadcast. TensorFlow.js
 * leaves the sum out for maximum, minimum, squaredDifference and batches of matMul, and then
 * throws.
 */
export function reducedGradient(stock: tf.GradConfig): tf.GradConfig {
  return {
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const { a, b } = stock.gradFunc(dy, saved, attributes);
      return { a: () => sumTo(a!(), saved[0]!.shape), b: () => sumTo(b!(), saved[1]!.shape) };
    },
  };
}

function sumTo(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return axes.length === 0 ? gradient : tf.reshape(tf.sum(gradient, axes), shape);
}
