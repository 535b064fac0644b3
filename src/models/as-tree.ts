import { type Tree, unflattenTree, type Value } from '../engine/index.ts';

/**
 * Saved tensors as a tree. Those of a checkpoint file are by path.
 * @param like what `save` gives at present
 * @throws RangeError for a missing or an unknown tensor
 */
export function asTree(
  tensors: Tree<Value> | ReadonlyMap<string, Value>,
  like: () => Tree<Value>,
): Tree<Value> {
  return isByPath(tensors) ? unflattenTree(tensors, like()) : tensors;
}

function isByPath(tensors: Tree<Value> | ReadonlyMap<string, Value>): tensors is ReadonlyMap<string, Value> {
  return tensors instanceof Map;
}
