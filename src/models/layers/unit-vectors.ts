import * as tf from '@tensorflow/tfjs-core';
import { imageShape } from './conv2d.ts';
import type { Layer } from './layer.ts';

/**
 * The channels of every pixel as a vector of length 1, behind a tanh: surface normals. Wang and
 * Gupta, https://arxiv.org/abs/1603.05631.
 */
export function unitVectors(): Layer {
  return {
    init(_, shape) {
      imageShape('unitVectors', shape);
      return { weights: {}, buffers: {}, shape };
    },
    apply({ buffers }, x) {
      const y = tf.tanh(x);
      return { y: tf.mul(y, tf.rsqrt(tf.add(tf.sum(tf.square(y), -1, true), 1e-12))), buffers };
    },
  };
}
