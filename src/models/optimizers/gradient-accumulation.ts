import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { type Tree, Value, zipTree } from '../../engine/index.ts';
import type { Optimizer } from './optimizer.ts';
import { pack, packedZeros, unpack } from './packing.ts';

/**
 * An optimiser that updates at every `steps`-th step, by the mean of the gradients since the last
 * update: the update of a batch that is so many times as large, where the loss is a mean over the
 * examples. Between updates the weights stay. Reports `updated`: 1 at a step with an update, 0 at
 * any other.
 */
export function gradientAccumulation(optimizer: Optimizer, steps: number): Optimizer {
  wholeNumber('gradientAccumulation: steps', steps, 1);
  return {
    ...optimizer,
    init: (weights) => ({
      inner: optimizer.init(weights),
      pending: { sum: packedZeros(weights), count: Value.scalar(0) },
    }),
    update(gradients, slots, weights, rate) {
      const { sum, count } = slots.pending as { sum: Tree<tf.Tensor>; count: tf.Scalar };
      const inner = (slots.inner ?? {}) as Tree<tf.Tensor>;
      const total = zipTree(sum, pack(gradients), (before, now) => tf.add(before, now));
      const due = tf.equal(tf.add(count, 1), steps);
      const mean = zipTree(total, total, (gradient) => tf.div(gradient, steps));
      const update = optimizer.update(unpack(mean, gradients), inner, weights, rate);
      // Chosen and not multiplied by 0 or 1, so that a step without an update changes no bit.
      const choose = (now: tf.Tensor, before: tf.Tensor) => tf.where(due, now, before);
      return {
        weights: zipTree(update.weights, weights, choose),
        slots: {
          inner: zipTree(update.slots, inner, choose),
          pending: {
            sum: zipTree(total, total, (gradient) => tf.where(due, tf.zerosLike(gradient), gradient)),
            count: tf.where(due, tf.scalar(0), tf.add(count, 1)),
          },
        },
        values: { ...update.values, updated: tf.where(due, tf.scalar(1), tf.scalar(0)) },
      };
    },
  };
}
