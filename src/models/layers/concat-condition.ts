import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { alongChannels, checkCondition, requireCondition } from './condition.ts';
import type { Layer } from './layer.ts';

/**
 * Puts the condition beside each example: behind the numbers of a vector, as constant maps behind
 * the channels of an image. Mirza and Osindero, Conditional GAN, https://arxiv.org/abs/1411.1784,
 * section 3.2.
 * @param size that of the condition, the number of classes
 */
export function concatCondition(size: number): Layer {
  wholeNumber('concatCondition: size', size, 1);
  return {
    init(_, shape, inputs) {
      checkCondition('concatCondition', inputs, size);
      if (shape.length === 0)
        throw new RangeError(`concatCondition: expected inputs of rank 1 or more, got [${shape}]`);
      return { weights: {}, buffers: {}, shape: [...shape.slice(0, -1), shape.at(-1)! + size] };
    },
    apply({ buffers }, x, _, condition) {
      const row = alongChannels(requireCondition('concatCondition', condition, size), x.rank);
      const everywhere = tf.mul(row, tf.ones([1, ...x.shape.slice(1, -1), 1]));
      return { y: tf.concat([x, everywhere], -1), buffers };
    },
  };
}
