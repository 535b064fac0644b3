import * as tf from '@tensorflow/tfjs-core';
import { Value } from '../../engine/index.ts';
import { imageShape } from './conv2d.ts';
import type { Layer } from './layer.ts';

const epsilon = 1e-5;

/**
 * Instance normalisation: every channel of every image to mean 0 and variance 1 over its pixels,
 * then a gain and a bias for each channel. Ulyanov et al., https://arxiv.org/abs/1607.08022,
 * equation 4.
 */
export function instanceNorm(): Layer {
  return {
    init(_, shape) {
      const [, , channels] = imageShape('instanceNorm', shape);
      return {
        weights: { gain: Value.filled([channels], 1), bias: Value.filled([channels], 0) },
        buffers: {},
        shape,
      };
    },
    apply({ weights, buffers }, x) {
      const { gain, bias } = weights as { gain: tf.Tensor1D; bias: tf.Tensor1D };
      const centred = tf.sub(x, tf.mean(x, [1, 2], true));
      const variance = tf.mean(tf.square(centred), [1, 2], true);
      const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
      return { y: tf.add(tf.mul(normal, gain), bias), buffers };
    },
  };
}
