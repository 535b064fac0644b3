import { type Key, permutation } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';

/**
 * The example at each position of an epoch: in the order that the dataset gives, where it gives
 * one, else a random permutation of all.
 */
export function epochOrder({ size, order }: Dataset, key: Key): (position: number) => number {
  if (order !== undefined && order.size === size) return order.of(key);
  const numbers = permutation(key, size);
  return (position) => numbers[position]!;
}
