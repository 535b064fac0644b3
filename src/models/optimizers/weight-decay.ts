import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { zipTree } from '../../engine/index.ts';
import type { Optimizer } from './optimizer.ts';

/** How much a player pays for its weights. */
export interface WeightDecayOptions {
  /** Weight of the sum of absolute values. @default 0 */
  readonly l1?: number;
  /** Weight of half the sum of squares. @default 0 */
  readonly l2?: number;
}

/**
 * An optimiser whose player also pays l1 * sum |w| + l2 / 2 * sum w^2, by adding the gradients of
 * that. As the constraint of a Wasserstein critic it fails like clipping: Gulrajani et al.,
 * https://arxiv.org/abs/1704.00028, section 3.
 */
export function weightDecay(optimizer: Optimizer, { l1 = 0, l2 = 0 }: WeightDecayOptions): Optimizer {
  finiteNumber('weightDecay: l1', l1, 0);
  finiteNumber('weightDecay: l2', l2, 0);
  return {
    ...optimizer,
    update: (gradients, slots, weights, rate) =>
      optimizer.update(
        zipTree(gradients, weights, (gradient, weight) =>
          tf.add(gradient, tf.add(tf.mul(l1, tf.sign(weight)), tf.mul(l2, weight))),
        ),
        slots,
        weights,
        rate,
      ),
  };
}
