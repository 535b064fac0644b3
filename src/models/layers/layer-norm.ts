import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';
import { type Tree, Value } from '../../engine/index.ts';
import type { Layer } from './layer.ts';

/** Options of a layer that divides by a root. */
export interface NormOptions {
  /** What is added to the variance, or mean square, under the root. @default 1e-5 */
  readonly epsilon?: number;
}

/**
 * Layer normalisation: every example to mean 0 and variance 1 over all its numbers, then a gain and
 * a bias for each channel. What WGAN-GP takes in place of batch normalisation, which would mix the
 * examples of a batch. Ba et al., https://arxiv.org/abs/1607.06450, equation 3.
 */
export function layerNorm({ epsilon = 1e-5 }: NormOptions = {}): Layer {
  positiveNumber('layerNorm: epsilon', epsilon);
  return {
    init(_, shape) {
      const channels = shape.at(-1);
      if (channels === undefined)
        throw new RangeError(`layerNorm: expected inputs of rank 1 or more, got [${shape}]`);
      return {
        weights: { gain: Value.filled([channels], 1), bias: Value.filled([channels], 0) },
        buffers: {},
        shape,
      };
    },
    apply({ weights, buffers }, x) {
      const axes = x.shape.map((_, axis) => axis).slice(1);
      return { y: standardised(x, axes, weights, epsilon), buffers };
    },
  };
}

/**
 * To mean 0 and variance 1 over some axes, then a gain and a bias for each channel. Composed of
 * operations whose second derivatives every engine has.
 */
export function standardised(
  x: tf.Tensor,
  axes: number[],
  weights: Tree<tf.Tensor>,
  epsilon = 1e-5,
): tf.Tensor {
  const { gain, bias } = weights as { gain: tf.Tensor1D; bias: tf.Tensor1D };
  const centred = tf.sub(x, tf.mean(x, axes, true));
  const variance = tf.mean(tf.square(centred), axes, true);
  const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(normal, gain), bias);
}
