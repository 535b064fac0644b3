import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of depth-to-space (pixel shuffle), which TensorFlow.js lacks: each block goes back
 * into the channels.
 */
export const depthToSpaceGradient: tf.GradConfig = {
  kernelName: tf.DepthToSpace,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], { blockSize, dataFormat }) => ({
    x: () => {
      if (dataFormat !== 'NHWC')
        throw new RangeError(`depthToSpace: has a gradient only for NHWC, got ${dataFormat}`);
      const [batch, height, width, channels] = x!.shape as [number, number, number, number];
      const block = blockSize as number;
      const rows = tf.reshape(dy as tf.Tensor, [batch * height, block, width, channels / block]);
      return tf.reshape(tf.transpose(rows, [0, 2, 1, 3]), x!.shape);
    },
  }),
};
