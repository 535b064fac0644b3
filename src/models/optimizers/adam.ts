import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, positiveNumber } from '../../base/index.ts';
import { type Tree, Value, zipTree } from '../../engine/index.ts';
import type { Optimizer, Rate } from './optimizer.ts';
import { moved, pack, packedZeros } from './packing.ts';
import { checkRate } from './rate.ts';

/** Options of Adam. */
export interface AdamOptions {
  readonly rate: Rate;
  /** Decay of the mean gradient. @default 0.9 */
  readonly beta1?: number;
  /** Decay of the mean squared gradient. @default 0.999 */
  readonly beta2?: number;
  /** @default 1e-8 */
  readonly epsilon?: number;
}

/** Adam with bias correction. Kingma and Ba, https://arxiv.org/abs/1412.6980, algorithm 1. */
export function adam({ rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): Optimizer {
  finiteNumber('adam: beta1', beta1, 0, 1 - 1e-9);
  finiteNumber('adam: beta2', beta2, 0, 1 - 1e-9);
  positiveNumber('adam: epsilon', epsilon);
  return {
    name: 'adam',
    rate: checkRate('adam', rate),
    init: (weights) => ({ step: Value.scalar(0), mean: packedZeros(weights), square: packedZeros(weights) }),
    update(gradients, slots, weights, rate) {
      const before = slots as { step: tf.Scalar; mean: Tree<tf.Tensor>; square: Tree<tf.Tensor> };
      const packed = pack(gradients);
      const step = tf.add(before.step, 1);
      const mean = zipTree(before.mean, packed, (m, g) => mix(m, g, beta1));
      const square = zipTree(before.square, packed, (v, g) => mix(v, tf.square(g), beta2));
      const correction = (beta: number) => tf.sub(1, tf.pow(beta, step));
      // Both corrections are scalars, so they are folded into the rate and into epsilon, and not
      // spent on every weight.
      const root = tf.sqrt(correction(beta2));
      const scale = beta1 === 0 ? tf.mul(rate, root) : tf.div(tf.mul(rate, root), correction(beta1));
      const floor = tf.mul(root, epsilon);
      const moves = zipTree(mean, square, (m, v) => tf.mul(scale, tf.div(m, tf.add(tf.sqrt(v), floor))));
      return { weights: moved(weights, moves), slots: { step, mean, square } };
    },
  };
}

/** decay * old + (1 - decay) * now; just `now` where nothing stays. */
function mix(old: tf.Tensor, now: tf.Tensor, decay: number): tf.Tensor {
  return decay === 0 ? now : tf.add(tf.mul(old, decay), tf.mul(now, 1 - decay));
}
