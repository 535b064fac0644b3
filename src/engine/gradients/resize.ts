import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of nearest-neighbour upsampling by whole factors: the sum over each block of copies. TensorFlow.js's
 * own is wrong on its cpu backend and has no gradient in turn.
 */
export const resizeNearestGradient: tf.GradConfig = {
  kernelName: tf.ResizeNearestNeighbor,
  inputsToSave: ['images'],
  gradFunc: (dy, [images], { alignCorners }) => {
    const [batch, height, width, channels] = images!.shape as [number, number, number, number];
    const [, outHeight, outWidth] = (dy as tf.Tensor4D).shape;
    const [down, right] = [outHeight / height, outWidth / width];
    if (alignCorners || !Number.isInteger(down) || !Number.isInteger(right)) {
      throw new RangeError(
        'resizeNearestNeighbor: has a gradient only for whole factors and without alignCorners, ' +
          `got ${height}x${width} to ${outHeight}x${outWidth}`,
      );
    }
    return {
      images: () => {
        const rows = tf.sum(tf.reshape(dy as tf.Tensor, [batch * height, down, outWidth * channels]), 1);
        return tf.reshape(
          tf.sum(tf.reshape(rows, [batch * height * width, right, channels]), 1),
          images!.shape,
        );
      },
    };
  },
};
