import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of nearest-neighbour upsampling by whole factors: the sum over each block of copies.
 * TensorFlow.js's own is wrong on its cpu backend and has no gradient in turn.
 */
export const resizeNearestGradient: tf.GradConfig = {
  kernelName: tf.ResizeNearestNeighbor,
  inputsToSave: ['images'],
  gradFunc: (dy, [images], { alignCorners }) => {
    const [, height, width] = images!.shape as tf.Tensor4D['shape'];
    const [, outHeight, outWidth] = (dy as tf.Tensor4D).shape;
    const [down, right] = [outHeight / height, outWidth / width];
    if (alignCorners || !Number.isInteger(down) || !Number.isInteger(right)) {
      throw new RangeError(
        'resizeNearestNeighbor: has a gradient only for whole factors and without alignCorners, ' +
          `got ${height}x${width} to ${outHeight}x${outWidth}`,
      );
    }
    return {
      // The sum over blocks as a multiple of their means: pictures lie one channel after the other.
      images: () =>
        tf.mul(down * right, tf.avgPool(dy as tf.Tensor4D, [down, right], [down, right], 'valid')),
    };
  },
};

/**
 * The gradient of bilinear resizing, which is linear in the picture: rows and columns are mixed by
 * matrices, and `dy` by the same transposed. TensorFlow.js has one that has no gradient in turn.
 */
export const resizeBilinearGradient: tf.GradConfig = {
  kernelName: tf.ResizeBilinear,
  inputsToSave: ['images'],
  gradFunc: (dy, [images], attributes) => ({
    images: () => {
      const [batch, height, width, channels] = images!.shape as tf.Tensor4D['shape'];
      const [, outHeight, outWidth] = (dy as tf.Tensor4D).shape;
      const { alignCorners, halfPixelCenters } = attributes as Pick<
        tf.ResizeBilinearAttrs,
        'alignCorners' | 'halfPixelCenters'
      >;
      const mix = (from: number, to: number) => interpolation(from, to, alignCorners, halfPixelCenters);
      const rows = tf.matMul(
        mix(height, outHeight),
        tf.reshape(tf.transpose(dy as tf.Tensor4D, [1, 0, 2, 3]), [outHeight, -1]),
        true,
      );
      const columns = tf.matMul(
        mix(width, outWidth),
        tf.reshape(tf.transpose(tf.reshape(rows, [height, batch, outWidth, channels]), [2, 1, 0, 3]), [
          outWidth,
          -1,
        ]),
        true,
      );
      return tf.transpose(tf.reshape(columns, [width, batch, height, channels]), [1, 2, 0, 3]);
    },
  }),
};

/**
 * The matrix [to, from] whose row i says how much of each element of `from` is in element i of
 * `to`.
 */
function interpolation(
  from: number,
  to: number,
  alignCorners: boolean,
  halfPixelCenters: boolean,
): tf.Tensor2D {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  const index = tf.range(0, to);
  const at = halfPixelCenters ? tf.sub(tf.mul(tf.add(index, 0.5), scale), 0.5) : tf.mul(index, scale);
  const place = tf.reshape(tf.clipByValue(at, 0, from - 1), [to, 1]);
  return tf.relu(tf.sub(1, tf.abs(tf.sub(place, tf.range(0, from))))) as tf.Tensor2D;
}
