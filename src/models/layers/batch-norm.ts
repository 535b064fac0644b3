import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, positiveNumber } from '../../base/index.ts';
import { type Tree, Value } from '../../engine/index.ts';
import type { Layer } from './layer.ts';
import type { NormOptions } from './layer-norm.ts';

/** Options of batch normalisation. */
export interface BatchNormOptions extends NormOptions {
  /** Share of the old running average that stays at each use. @default 0.9 */
  readonly momentum?: number;
}

/**
 * Batch normalisation: every channel to mean 0 and variance 1 over the batch while training, by
 * running averages (its buffers) otherwise; then a gain and a bias for each channel. Ioffe and
 * Szegedy, https://arxiv.org/abs/1502.03167, algorithms 1 and 2. Not for the critic of WGAN-GP,
 * whose penalty is per example.
 */
export function batchNorm({ momentum = 0.9, epsilon = 1e-5 }: BatchNormOptions = {}): Layer {
  positiveNumber('batchNorm: epsilon', epsilon);
  finiteNumber('batchNorm: momentum', momentum, 0, 1);
  return {
    init(_, shape) {
      const channels = shape.at(-1);
      if (channels === undefined)
        throw new RangeError(`batchNorm: expected inputs of rank 1 or more, got [${shape}]`);
      return {
        weights: { gain: Value.filled([channels], 1), bias: Value.filled([channels], 0) },
        buffers: { mean: Value.filled([channels], 0), variance: Value.filled([channels], 1) },
        shape,
      };
    },
    apply({ weights, buffers }, x, training) {
      const { gain, bias } = weights as { gain: tf.Tensor; bias: tf.Tensor };
      const centred = centredBatch(x, buffers, training, momentum);
      return { y: scaled(centred, gain, bias, epsilon), buffers: centred.buffers };
    },
  };
}

/**
 * A batch less its mean, the variance by which it is to be divided, and the running averages after
 * it.
 */
export interface Centred {
  readonly centred: tf.Tensor;
  readonly variance: tf.Tensor;
  readonly buffers: Tree<tf.Tensor>;
}

/** By the batch itself while training, by the running averages otherwise. */
export function centredBatch(
  x: tf.Tensor,
  buffers: Tree<tf.Tensor>,
  training: boolean,
  momentum: number,
): Centred {
  const { mean, variance } = buffers as { mean: tf.Tensor1D; variance: tf.Tensor1D };
  if (!training) return { centred: tf.sub(x, mean), variance, buffers };
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const batchMean = tf.mean(x, axes);
  const centred = tf.sub(x, batchMean);
  const batchVariance = tf.mean(tf.square(centred), axes);
  const running = (old: tf.Tensor, now: tf.Tensor, correction = 1) =>
    tf.add(tf.mul(old, momentum), tf.mul(now, (1 - momentum) * correction));
  // What is remembered is the unbiased estimate of the variance.
  const count = x.size / x.shape.at(-1)!;
  const unbiased = count / Math.max(1, count - 1);
  return {
    centred,
    variance: batchVariance,
    buffers: { mean: running(mean, batchMean), variance: running(variance, batchVariance, unbiased) },
  };
}

/** Divided by the root of the variance, with a gain and a bias that fit. */
export function scaled(
  { centred, variance }: Pick<Centred, 'centred' | 'variance'>,
  gain: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): tf.Tensor {
  return tf.add(tf.mul(centred, tf.mul(tf.rsqrt(tf.add(variance, epsilon)), gain)), bias);
}
