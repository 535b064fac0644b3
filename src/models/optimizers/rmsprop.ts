import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, positiveNumber } from '../../base/index.ts';
import { type Tree, zipTree } from '../../engine/index.ts';
import type { Optimizer, Rate } from './optimizer.ts';
import { moved, pack, packedZeros } from './packing.ts';
import { checkRate } from './rate.ts';

/** Options of RMSProp. */
export interface RmspropOptions {
  readonly rate: Rate;
  /** Decay of the mean squared gradient. @default 0.99 */
  readonly decay?: number;
  /** @default 1e-8 */
  readonly epsilon?: number;
}

/**
 * RMSProp without momentum, as PyTorch computes it (epsilon outside the root), which the code of
 * WGAN takes. Tieleman and Hinton, Lecture 6.5 of "Neural Networks for Machine Learning" (2012).
 */
export function rmsprop({ rate, decay = 0.99, epsilon = 1e-8 }: RmspropOptions): Optimizer {
  finiteNumber('rmsprop: decay', decay, 0, 1 - 1e-9);
  positiveNumber('rmsprop: epsilon', epsilon);
  return {
    name: 'rmsprop',
    rate: checkRate('rmsprop', rate),
    init: (weights) => ({ square: packedZeros(weights) }),
    update(gradients, slots, weights, rate) {
      const packed = pack(gradients);
      const square = zipTree(slots.square as Tree<tf.Tensor>, packed, (v, g) =>
        tf.add(tf.mul(v, decay), tf.mul(tf.square(g), 1 - decay)),
      );
      const moves = zipTree(packed, square, (g, v) => tf.mul(rate, tf.div(g, tf.add(tf.sqrt(v), epsilon))));
      return { weights: moved(weights, moves), slots: { square } };
    },
  };
}
