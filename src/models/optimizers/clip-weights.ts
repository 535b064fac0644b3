import * as tf from '@tensorflow/tfjs-core';
import { flattenTree, mapTree, type Tree } from '../../engine/index.ts';
import { pack } from './packing.ts';

/**
 * All weights, biases included, cut to [-bound, bound]. Arjovsky et al.,
 * https://arxiv.org/abs/1701.07875, algorithm 1.
 */
export function clipWeights(weights: Tree<tf.Tensor>, bound: number): Tree<tf.Tensor> {
  return mapTree(weights, (weight) => tf.clipByValue(weight, -bound, bound));
}

/**
 * The share of weights at the clipping bound, from 0 to 1. Near 1, the critic has little capacity
 * left.
 */
export function clippedShare(weights: Tree<tf.Tensor>, bound: number): tf.Scalar {
  const parts = [...flattenTree(pack(weights)).values()];
  const size = parts.reduce((sum, { size }) => sum + size, 0);
  const atBound = parts.map((part) => tf.sum(tf.cast(tf.greaterEqual(tf.abs(part), bound), 'float32')));
  return tf.div(tf.addN(atBound), size);
}
