import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, Value } from '../../engine/index.ts';
import { checkCondition, requireCondition } from './condition.ts';
import { lecunNormal } from './initializer.ts';
import type { Layer } from './layer.ts';

/**
 * Conditioning augmentation: from noise z and condition c to [z', mu(c) + exp(log sigma(c)) * e],
 * where the last `width` numbers of z are e. Neighbours of a condition are trained too, so there is
 * something between two of them. Shows `kl`, [count, 1]: KL(N(mu, sigma^2) || N(0, 1)), to be added
 * by `tapped('kl', weight)`. Zhang et al., StackGAN, https://arxiv.org/abs/1612.03242, equation 2.
 * @param size that of the condition
 * @param width numbers of the augmented condition
 */
export function augmentCondition(size: number, width: number): Layer {
  wholeNumber('augmentCondition: size', size, 1);
  wholeNumber('augmentCondition: width', width, 1);
  return {
    init(key, shape, inputs) {
      checkCondition('augmentCondition', inputs, size);
      const [latent = 0] = shape;
      if (shape.length !== 1 || latent < width)
        throw new RangeError(`augmentCondition: expected noise of at least [${width}], got [${shape}]`);
      const kernel = lecunNormal(fold(key, 'kernel'), [size, 2 * width], { in: size, out: 2 * width });
      const weights = { kernel, bias: Value.filled([2 * width], 0) };
      return { weights, buffers: {}, shape, taps: { kl: [1] } };
    },
    apply({ weights, buffers }, x, _, condition) {
      const { kernel, bias } = weights as { kernel: tf.Tensor2D; bias: tf.Tensor1D };
      const code = tf.add(tf.matMul(requireCondition('augmentCondition', condition, size), kernel), bias);
      const [mean, logDeviation] = tf.split(code, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
      const [rest, e] = tf.split(x as tf.Tensor2D, [x.shape[1]! - width, width], 1) as [
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const deviation = tf.exp(logDeviation);
      const drawn = tf.add(mean, tf.mul(deviation, e));
      return {
        y: rest.size === 0 ? drawn : tf.concat([rest, drawn], 1),
        buffers,
        taps: { kl: normalDivergence(mean, logDeviation) },
      };
    },
  };
}

/**
 * KL(N(mean, deviation^2) || N(0, 1)) of each row, [count, 1]: half the sum of mean^2 + deviation^2
 * - 1 - 2 log deviation.
 */
export function normalDivergence(mean: tf.Tensor2D, logDeviation: tf.Tensor2D): tf.Tensor2D {
  const variance = tf.exp(tf.mul(2, logDeviation));
  const each = tf.sub(tf.add(tf.square(mean), variance), tf.add(1, tf.mul(2, logDeviation)));
  return tf.mul(0.5, tf.sum(each, 1, true));
}
