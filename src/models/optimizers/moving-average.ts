import * as tf from '@tensorflow/tfjs-core';
import { type Tree, zipTree } from '../../engine/index.ts';

/**
 * The exponential moving average of weights after one more update: average + (1 - decay) * (weights
 * - average). It begins as a copy of the first weights. Yazici et al.,
 * https://arxiv.org/abs/1806.04498, equation 2.
 */
export function movingAverage(
  average: Tree<tf.Tensor>,
  weights: Tree<tf.Tensor>,
  decay: number | tf.Tensor,
): Tree<tf.Tensor> {
  const share = typeof decay === 'number' ? 1 - decay : tf.sub(1, decay);
  return zipTree(average, weights, (old, now) => tf.add(old, tf.mul(tf.sub(now, old), share)));
}
