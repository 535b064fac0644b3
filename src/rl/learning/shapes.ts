import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Fails unless all tensors have one shape, of the rank that is asked for.
 * @throws RangeError naming the function, the tensors and their shapes
 */
export function requireShape(name: string, rank: number, tensors: Readonly<Record<string, Tensor>>): void {
  const shapes = Object.values(tensors).map(({ shape }) => `[${shape}]`);
  if (new Set(shapes).size === 1 && Object.values(tensors)[0]?.rank === rank) return;
  throw new RangeError(
    `${name}: expected ${Object.keys(tensors).join(', ')} of one shape of rank ${rank}, got ${shapes.join(', ')}`,
  );
}

/**
 * Fails unless all lists of numbers are of one length.
 * @throws RangeError naming the function, the lists and their lengths
 */
export function requireLength(name: string, lists: Readonly<Record<string, ArrayLike<unknown>>>): void {
  const lengths = Object.values(lists).map(({ length }) => length);
  if (new Set(lengths).size <= 1) return;
  throw new RangeError(
    `${name}: expected ${Object.keys(lists).join(', ')} of one length, got ${lengths.join(', ')}`,
  );
}
