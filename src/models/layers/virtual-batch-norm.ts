import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber, wholeNumber } from '../../base/index.ts';
import { fold, normals, type Tree, Value } from '../../engine/index.ts';
import type { Layer } from './layer.ts';
import type { NormOptions } from './layer-norm.ts';

/**
 * Batch normalisation whose statistics are those of a reference batch and of the example itself, so
 * that no example depends on its neighbours: within `virtualBatch`, which puts the reference in
 * front. Salimans et al., https://arxiv.org/abs/1606.03498, section 3.5; the example counts as one
 * more of the reference, as in its code.
 * @param reference examples of the reference batch
 */
export function virtualBatchNorm(reference: number, { epsilon = 1e-5 }: NormOptions = {}): Layer {
  positiveNumber('virtualBatchNorm: epsilon', epsilon);
  wholeNumber('virtualBatchNorm: reference', reference, 1);
  return {
    init(_, shape) {
      const channels = shape.at(-1);
      if (channels === undefined)
        throw new RangeError(`virtualBatchNorm: expected inputs of rank 1 or more, got [${shape}]`);
      return {
        weights: { gain: Value.filled([channels], 1), bias: Value.filled([channels], 0) },
        buffers: {},
        shape,
      };
    },
    apply({ weights, buffers }, x) {
      const count = x.shape[0]! - reference;
      const [first, rest] = tf.split(x, [reference, count]) as [tf.Tensor, tf.Tensor];
      const inner = x.shape.map((_, axis) => axis).slice(1, -1);
      // Means over the positions of each example, [count, 1, ..., channels].
      const means = (of: tf.Tensor) => (inner.length === 0 ? of : tf.mean(of, inner, true));
      const [mean, square] = [means(first), means(tf.square(first))].map((of) => tf.mean(of, 0, true));
      const share = 1 / (reference + 1);
      const mix = (own: tf.Tensor, theirs: tf.Tensor) =>
        tf.add(tf.mul(share, own), tf.mul(1 - share, theirs));
      const y = tf.concat([
        normalised(first, mean!, square!, epsilon),
        normalised(rest, mix(means(rest), mean!), mix(means(tf.square(rest)), square!), epsilon),
      ]);
      return { y: tf.add(tf.mul(y, weights.gain as tf.Tensor), weights.bias as tf.Tensor), buffers };
    },
  };
}

function normalised(x: tf.Tensor, mean: tf.Tensor, square: tf.Tensor, epsilon: number): tf.Tensor {
  const variance = tf.relu(tf.sub(square, tf.square(mean)));
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
}

/**
 * A network with a reference batch of noise, drawn once and kept as a buffer, in front of every
 * batch that goes through it; only the outputs of the batch come out. The noise is drawn as the
 * system draws its own, from N(0, 1) by default. For networks without a condition.
 * @param reference examples of the reference batch, as its `virtualBatchNorm`s expect
 */
export function virtualBatch(reference: number, layer: Layer): Layer {
  wholeNumber('virtualBatch: reference', reference, 1);
  return {
    init(key, shape, inputs = {}) {
      // The layers within are given no condition.
      const initial = layer.init(key, shape, { condition: 0 });
      const { draw = (count, key) => normals(key, [count, ...shape]) } = inputs;
      const noise = draw(reference, fold(key, 'reference'));
      return { ...initial, buffers: { layer: initial.buffers, reference: noise } };
    },
    apply({ weights, buffers }, x, training) {
      const { reference: noise } = buffers as { reference: tf.Tensor };
      const inner = { weights, buffers: (buffers.layer ?? {}) as Tree<tf.Tensor> };
      const applied = layer.apply(inner, tf.concat([noise, x]), training);
      const [, y] = tf.split(applied.y, [reference, x.shape[0]!]) as [tf.Tensor, tf.Tensor];
      return { y, buffers: { layer: applied.buffers, reference: noise } };
    },
  };
}
