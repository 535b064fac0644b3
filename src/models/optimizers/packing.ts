import * as tf from '@tensorflow/tfjs-core';
import { flattenTree, sizeOf, type Tree, unflattenTree, Value, zipTree } from '../../engine/index.ts';

/**
 * Filters keep their shape: an engine may hold them in another layout, and a vector of them would
 * have to be put in order again at every step. All the rest of a player's weights goes into one
 * vector.
 */
const alone = (shape: readonly number[]) => shape.length === 4;

const vector = 'vector';
const nameOf = (path: string) => path.replaceAll('/', '.');

/** A vector that is to be a vector, as every bias is, needs no operation. */
function reshaped(leaf: tf.Tensor, shape: number[]): tf.Tensor {
  return leaf.rank === 1 && shape.length === 1 ? leaf : tf.reshape(leaf, shape);
}

/**
 * A tree as few large tensors: one vector of all small leaves, and each filter by itself. An update
 * of twenty small weights is then as many operations as an update of one.
 */
export function pack(tree: Tree<tf.Tensor>): Tree<tf.Tensor> {
  const leaves = [...flattenTree(tree)];
  const small = leaves
    .filter(([, leaf]) => !alone(leaf.shape))
    .map(([, leaf]) => reshaped(leaf, [leaf.size]));
  const large = leaves.filter(([, leaf]) => alone(leaf.shape)).map(([path, leaf]) => [nameOf(path), leaf]);
  return {
    ...(small.length > 0 && { [vector]: small.length === 1 ? small[0]! : tf.concat(small) }),
    ...Object.fromEntries(large),
  };
}

/** What `pack` packed, in the structure and shapes of `like`. */
export function unpack(packed: Tree<tf.Tensor>, like: Tree<tf.Tensor>): Tree<tf.Tensor> {
  const leaves = flattenTree(like);
  const small = [...leaves].filter(([, leaf]) => !alone(leaf.shape));
  const parts =
    small.length === 0
      ? []
      : tf.split(
          packed[vector] as tf.Tensor1D,
          small.map(([, leaf]) => leaf.size),
        );
  const unpacked = new Map(small.map(([path, leaf], i) => [path, reshaped(parts[i]!, leaf.shape)]));
  for (const [path, leaf] of leaves)
    if (alone(leaf.shape)) unpacked.set(path, packed[nameOf(path)] as tf.Tensor);
  return unflattenTree(unpacked, like);
}

/** Zeros in the shape of the packed weights: what a slot starts with. */
export function packedZeros(weights: Tree<Value>): Tree<Value> {
  const leaves = [...flattenTree(weights)];
  const small = leaves.reduce((sum, [, { shape }]) => sum + (alone(shape) ? 0 : sizeOf(shape)), 0);
  const large = leaves
    .filter(([, { shape }]) => alone(shape))
    .map(([path, { shape }]) => [nameOf(path), Value.filled(shape, 0)]);
  return { ...(small > 0 && { [vector]: Value.filled([small], 0) }), ...Object.fromEntries(large) };
}

/**
 * The weights less their packed moves. Weights are not packed for it: that would copy them twice.
 */
export function moved(weights: Tree<tf.Tensor>, moves: Tree<tf.Tensor>): Tree<tf.Tensor> {
  return zipTree(weights, unpack(moves, weights), (weight, move) => tf.sub(weight, move));
}
