import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, given } from '../../base/index.ts';
import { mapTree, type Tree, type Value, zipTree } from '../../engine/index.ts';
import type { Optimizer, Rate } from './optimizer.ts';
import { moved, pack, packedZeros } from './packing.ts';
import { checkRate } from './rate.ts';

/** Options of stochastic gradient descent. */
export interface SgdOptions {
  readonly rate: Rate;
  /** Share of the last velocity that stays. @default 0 */
  readonly momentum?: number;
}

/**
 * Gradient descent, with heavy-ball momentum where asked: velocity = momentum * velocity +
 * gradient. Polyak (1964).
 */
export function sgd({ rate, momentum = 0 }: SgdOptions): Optimizer {
  finiteNumber('sgd: momentum', momentum, 0, 1 - 1e-9);
  return {
    name: 'sgd',
    rate: checkRate('sgd', rate),
    init(weights): Tree<Value> {
      return momentum === 0 ? {} : { velocity: packedZeros(weights) };
    },
    update(gradients, slots, weights, rate) {
      const packed = pack(gradients);
      const old = slots.velocity as Tree<tf.Tensor> | undefined;
      const velocity = old && zipTree(old, packed, (v, g) => tf.add(tf.mul(v, momentum), g));
      const moves = mapTree(velocity ?? packed, (direction) => tf.mul(rate, direction));
      return { weights: moved(weights, moves), slots: given({ velocity }) };
    },
  };
}
