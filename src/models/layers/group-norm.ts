import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, wholeNumber } from '../../base/index.ts';
import { Value } from '../../engine/index.ts';
import { imageShape } from './conv2d.ts';
import type { Layer } from './layer.ts';

/**
 * Group normalisation: the channels in groups, each group of every image to mean 0 and variance 1
 * over its pixels and channels, then a gain and a bias for each channel. Wu and He,
 * https://arxiv.org/abs/1803.08494, equations 1, 2 and 7.
 * @param groups at most so many; where the channels cannot be divided by it, the largest number
 * below by which they can. @default 32, the paper's
 * @param options.epsilon added to the variance. @default 1e-5
 */
export function groupNorm(groups = 32, options: { readonly epsilon?: number } = {}): Layer {
  wholeNumber('groupNorm: groups', groups, 1);
  const epsilon = finiteNumber('groupNorm: epsilon', options.epsilon ?? 1e-5, 0);
  return {
    init(_, shape) {
      const [, , channels] = imageShape('groupNorm', shape);
      return {
        weights: { gain: Value.filled([channels], 1), bias: Value.filled([channels], 0) },
        buffers: {},
        shape,
      };
    },
    apply({ weights, buffers }, x) {
      const { gain, bias } = weights as { gain: tf.Tensor1D; bias: tf.Tensor1D };
      const [batch, height, width, channels] = x.shape as tf.Tensor4D['shape'];
      const count = groupsOf(channels, groups);
      const grouped = tf.reshape(x, [batch, height * width, count, channels / count]);
      const centred = tf.sub(grouped, tf.mean(grouped, [1, 3], true));
      const variance = tf.mean(tf.square(centred), [1, 3], true);
      const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
      return { y: tf.add(tf.mul(tf.reshape(normal, x.shape), gain), bias), buffers };
    },
  };
}

function groupsOf(channels: number, most: number): number {
  let groups = Math.min(most, channels);
  while (channels % groups !== 0) groups--;
  return groups;
}
