import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of leaky relu by one cheap kernel; TensorFlow.js compares and selects, which costs
 * several times as much.
 */
export const leakyReluGradient: tf.GradConfig = {
  kernelName: tf.LeakyRelu,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], { alpha }) => ({ x: () => tf.mul(dy as tf.Tensor, tf.step(x!, alpha as number)) }),
};
