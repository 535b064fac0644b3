import { flattenTree, type Tree, type Value } from '../engine/index.ts';
import { NonFiniteStateError } from './errors.ts';

/**
 * A gradient can spoil the weights while every loss is still a number, so weights are checked
 * before they are saved.
 * @throws NonFiniteStateError naming the first tensor that is not finite, and the step
 */
export function requireFinite(tensors: Tree<Value>, index: number): void {
  for (const [path, { data }] of flattenTree(tensors)) {
    const bad = (data as Float32Array).find((number) => !Number.isFinite(number));
    if (bad !== undefined) throw new NonFiniteStateError(index, path, bad);
  }
}
