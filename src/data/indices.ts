import { show } from '../base/index.ts';

/**
 * The indices, once each of them is known to be a whole number from 0 below `size`.
 * @throws RangeError naming the dataset, the range and the index
 */
export function checkIndices(dataset: string, indices: ArrayLike<number>, size: number): ArrayLike<number> {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) {
      const limit = size === Infinity ? '' : ` to ${size - 1}`;
      throw new RangeError(`${dataset}: expected an index from 0${limit}, got ${show(index)}`);
    }
  }
  return indices;
}
