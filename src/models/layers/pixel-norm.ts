import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';
import type { Layer } from './layer.ts';
import type { NormOptions } from './layer-norm.ts';

/**
 * Pixel normalisation: the channels of every pixel (or the numbers of a vector) divided by the root
 * of their mean square, so that its length is the root of the number of channels. Zeros stay 0.
 * Karras et al., https://arxiv.org/abs/1710.10196, section 4.2, whose epsilon of 1e-8 is the default.
 */
export function pixelNorm({ epsilon = 1e-8 }: NormOptions = {}): Layer {
  positiveNumber('pixelNorm: epsilon', epsilon);
  return {
    init(_, shape) {
      if (shape.length === 0)
        throw new RangeError(`pixelNorm: expected inputs of rank 1 or more, got [${shape}]`);
      return { weights: {}, buffers: {}, shape };
    },
    apply({ buffers }, x) {
      const square = tf.mean(tf.square(x), -1, true);
      return { y: tf.mul(x, tf.rsqrt(tf.add(square, epsilon))), buffers };
    },
  };
}
