import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, Value } from '../../engine/index.ts';
import { alongChannels, checkCondition, requireCondition } from './condition.ts';
import { heNormal } from './initializer.ts';
import type { Layer } from './layer.ts';

/**
 * Puts an embedding of the condition beside each example: LReLU(c W + b), of `units` numbers,
 * behind the numbers of a vector, or as constant maps behind the channels of an image. Reed et al.,
 * https://arxiv.org/abs/1605.05396, section 4.1: how a sentence enters both networks.
 * @param size that of the condition
 * @param units numbers of its embedding
 */
export function concatEmbedding(size: number, units: number): Layer {
  wholeNumber('concatEmbedding: size', size, 1);
  wholeNumber('concatEmbedding: units', units, 1);
  return {
    init(key, shape, inputs) {
      checkCondition('concatEmbedding', inputs, size);
      if (shape.length === 0)
        throw new RangeError(`concatEmbedding: expected inputs of rank 1 or more, got [${shape}]`);
      const kernel = heNormal(fold(key, 'kernel'), [size, units], { in: size, out: units });
      return {
        weights: { kernel, bias: Value.filled([units], 0) },
        buffers: {},
        shape: [...shape.slice(0, -1), shape.at(-1)! + units],
      };
    },
    apply({ weights, buffers }, x, _, condition) {
      const { kernel, bias } = weights as { kernel: tf.Tensor2D; bias: tf.Tensor1D };
      const given = requireCondition('concatEmbedding', condition, size);
      const row = tf.leakyRelu(tf.add(tf.matMul(given, kernel), bias), 0.2) as tf.Tensor2D;
      const everywhere = tf.mul(alongChannels(row, x.rank), tf.ones([1, ...x.shape.slice(1, -1), 1]));
      return { y: tf.concat([x, everywhere], -1), buffers };
    },
  };
}
