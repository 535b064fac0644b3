import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';
import { flattenTree, mapTree, type Tree } from '../../engine/index.ts';

/**
 * Gradients shortened so that all their numbers together are a vector of at most this length;
 * shorter ones stay as they are. Pascanu et al., https://arxiv.org/abs/1211.5063, algorithm 1.
 * @throws RangeError for a length that is not above 0
 */
export function clipGradients(gradients: Tree<tf.Tensor>, length: number): Tree<tf.Tensor> {
  positiveNumber('clipGradients: length', length);
  const squares = [...flattenTree(gradients).values()].map((gradient) => tf.sum(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  const scale = tf.div(length, tf.maximum(norm, length));
  return mapTree(gradients, (gradient) => tf.mul(gradient, scale));
}
