import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from './kernel.ts';

/**
 * The gradient of average pooling, which is wrong in TensorFlow.js at the border of a padded input:
 * refused there.
 */
export function unpaddedAvgPoolGradient(stock: tf.GradConfig): tf.GradConfig {
  return {
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const { filterSize, strides, pad, dimRoundingMode } = attributes;
      const { padInfo } = tf.backend_util.computePool2DInfo(
        saved[0]!.shape as tf.Tensor4D['shape'],
        filterSize as number,
        strides as number,
        1,
        pad as number,
        dimRoundingMode as 'floor',
      );
      if (padInfo.top + padInfo.bottom + padInfo.left + padInfo.right > 0)
        throw new RangeError(
          'avgPool: has no right gradient with padding; use pad and then avgPool without it',
        );
      return stock.gradFunc(dy, saved, attributes);
    },
  };
}

/** The gradient of average pooling is linear in `dy` and uses nothing of `input` but its shape. */
export const avgPoolGradGradient: tf.GradConfig = {
  kernelName: tf.AvgPoolGrad,
  inputsToSave: ['input'],
  gradFunc: (d, [input], { filterSize, strides, pad }) => ({
    dy: () => runKernel(tf.AvgPool, { x: d as tf.Tensor }, { filterSize, strides, pad }),
    input: () => tf.zerosLike(input!),
  }),
};

/**
 * The gradient of max pooling sends each element of `dy` to where the maximum was; this one picks
 * it up there.
 */
export const maxPoolGradGradient: tf.GradConfig = {
  kernelName: tf.MaxPoolGrad,
  inputsToSave: ['input', 'output'],
  gradFunc: (d, [input, output], { filterSize, strides, pad }) => ({
    dy: () => {
      const { indexes } = tf.maxPoolWithArgmax(
        input as tf.Tensor4D,
        filterSize as never,
        strides as never,
        pad as never,
        true,
      );
      return tf.reshape(
        tf.gather(tf.reshape(d as tf.Tensor, [-1]), tf.reshape(indexes!, [-1])),
        output!.shape,
      );
    },
    input: () => tf.zerosLike(input!),
    output: () => tf.zerosLike(output!),
  }),
};
