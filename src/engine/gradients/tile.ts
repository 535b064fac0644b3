import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of repetition, and so of broadcasting: the sum over the copies, for any rank.
 * That of TensorFlow.js slices every copy, and supports ranks up to 4.
 */
export const tileGradient: tf.GradConfig = {
  kernelName: tf.Tile,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], { reps }) => ({
    x: () => {
      let sum = dy as tf.Tensor;
      for (const [axis, copies] of (reps as number[]).entries()) {
        if (copies === 1) continue;
        const outer = tf.util.sizeFromShape(x!.shape.slice(0, axis));
        sum = tf.sum(tf.reshape(sum, [outer, copies, sum.size / outer / copies]), 1);
      }
      return tf.reshape(sum, x!.shape);
    },
  }),
};
