import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, Value } from '../../engine/index.ts';
import { imageShape } from './conv2d.ts';
import { glorotUniform } from './initializer.ts';
import type { Layer } from './layer.ts';

/** Options of self-attention. */
export interface SelfAttentionOptions {
  /** Channels of queries and keys. @default an eighth of those of the input */
  readonly keys?: number;
  /** Channels of the values. @default half of those of the input */
  readonly values?: number;
}

/**
 * Self-attention over the positions of an image, as a residue that begins at nothing: y = x + gamma
 * * o with gamma 0, where o is at each position the mean of the values of all positions, weighed by
 * softmax(query . key). All maps are 1x1 convolutions. Zhang et al.,
 * https://arxiv.org/abs/1805.08318, equations 1 to 3, with half the channels in the values as its
 * code has them. Shows `attention`, [count, positions, positions], each row one position's weights
 * over all, and `attentionGamma`.
 */
export function selfAttention(options: SelfAttentionOptions = {}): Layer {
  return {
    init(key, shape) {
      const [height, width, channels] = imageShape('selfAttention', shape);
      const keys = wholeNumber('selfAttention: keys', options.keys ?? Math.max(1, channels >> 3), 1);
      const values = wholeNumber('selfAttention: values', options.values ?? Math.max(1, channels >> 1), 1);
      const kernel = (name: string, from: number, to: number) =>
        glorotUniform(fold(key, name), [from, to], { in: from, out: to });
      return {
        weights: {
          query: kernel('query', channels, keys),
          key: kernel('key', channels, keys),
          value: kernel('value', channels, values),
          out: kernel('out', values, channels),
          gamma: Value.scalar(0),
        },
        buffers: {},
        shape,
        taps: { attention: [height * width, height * width], attentionGamma: [] },
      };
    },
    apply({ weights, buffers }, x, _) {
      const { query, key, value, out, gamma } = weights as Record<string, tf.Tensor2D>;
      const [count, height, width, channels] = x.shape as [number, number, number, number];
      const positions = height * width;
      const flat = tf.reshape(x, [count * positions, channels]) as tf.Tensor2D;
      const map = (kernel: tf.Tensor2D) =>
        tf.reshape(tf.matMul(flat, kernel), [count, positions, kernel.shape[1]]) as tf.Tensor3D;
      const attention = tf.softmax(tf.matMul(map(query!), map(key!), false, true));
      const gathered = tf.reshape(tf.matMul(attention, map(value!)), [count * positions, -1]) as tf.Tensor2D;
      const o = tf.reshape(tf.matMul(gathered, out!), x.shape);
      return { y: tf.add(x, tf.mul(gamma!, o)), buffers, taps: { attention, attentionGamma: gamma! } };
    },
  };
}
