import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { flattenTree, type Tree, Value, zipTree } from '../../engine/index.ts';
import type { Optimizer } from './optimizer.ts';
import { pack, packedZeros, unpack } from './packing.ts';

/**
 * An optimiser whose player also pays `weight` times the squared distance of its weights from their
 * mean over all steps so far: games that circle come to rest. Salimans et al.,
 * https://arxiv.org/abs/1606.03498, section 3.3. The mean is a constant of the step, and its
 * gradient is added here, so it goes with any loss; the event's `loss` is without it. Reports
 * `historicalDistance`, the squared distance.
 */
export function historicalAveraging(optimizer: Optimizer, weight: number): Optimizer {
  finiteNumber('historicalAveraging: weight', weight, 0);
  return {
    ...optimizer,
    init: (weights) => ({
      inner: optimizer.init(weights),
      history: { mean: packedZeros(weights), count: Value.scalar(0) },
    }),
    update(gradients, slots, weights, rate) {
      const { mean, count } = slots.history as { mean: Tree<tf.Tensor>; count: tf.Scalar };
      const packed = pack(weights);
      // Before the first step there is no past to be near to.
      const begun = tf.minimum(count, 1);
      const apart = zipTree(packed, mean, (now, past) => tf.mul(begun, tf.sub(now, past)));
      const pull = unpack(
        zipTree(apart, apart, (distance) => tf.mul(2 * weight, distance)),
        weights,
      );
      const update = optimizer.update(
        zipTree(gradients, pull, (gradient, more) => tf.add(gradient, more)),
        (slots.inner ?? {}) as Tree<tf.Tensor>,
        weights,
        rate,
      );
      const next = zipTree(mean, packed, (past, now) =>
        tf.add(past, tf.div(tf.sub(now, past), tf.add(count, 1))),
      );
      const historicalDistance = tf.addN(
        [...flattenTree(apart).values()].map((distance) => tf.sum(tf.square(distance))),
      );
      return {
        ...update,
        slots: { inner: update.slots, history: { mean: next, count: tf.add(count, 1) } },
        values: { ...update.values, historicalDistance },
      };
    },
  };
}
