import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, Value } from '../../engine/index.ts';
import { checkCondition, requireCondition } from './condition.ts';
import { glorotUniform, lecunNormal } from './initializer.ts';
import type { Layer } from './layer.ts';

/**
 * The last layer of a conditional critic: from features f and condition y to w . f + b + (E y) . f,
 * the projection of the condition's embedding on the features beside an ordinary score. Miyato and
 * Koyama, https://arxiv.org/abs/1802.05637, equation 9.
 * @param size that of the condition, the number of classes
 */
export function projection(size: number): Layer {
  wholeNumber('projection: size', size, 1);
  return {
    init(key, shape, inputs) {
      checkCondition('projection', inputs, size);
      const [features = 0] = shape;
      if (shape.length !== 1)
        throw new RangeError(`projection: expected inputs of rank 1, got [${shape}]; flatten() first`);
      return {
        weights: {
          kernel: lecunNormal(fold(key, 'kernel'), [features, 1], { in: features, out: 1 }),
          bias: Value.filled([1], 0),
          embedding: glorotUniform(fold(key, 'embedding'), [size, features], { in: size, out: features }),
        },
        buffers: {},
        shape: [1],
      };
    },
    apply({ weights, buffers }, x, _, condition) {
      const { kernel, bias, embedding } = weights as Record<string, tf.Tensor2D>;
      const embedded = tf.matMul(requireCondition('projection', condition, size), embedding!);
      const projected = tf.sum(tf.mul(embedded, x), 1, true);
      return { y: tf.add(tf.add(tf.matMul(x as tf.Tensor2D, kernel!), bias!), projected), buffers };
    },
  };
}
