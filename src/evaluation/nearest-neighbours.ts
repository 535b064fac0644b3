import { wholeNumber } from '../base/index.ts';
import { eachBlock } from './blocks.ts';
import { type OnProgress, type Pairwise, plainPairwise } from './pairwise.ts';
import type { Matrix } from './rows.ts';

/** Options of the comparison of pairs, with a progress callback. */
export interface PairOptions {
  /** @default plainPairwise; `enginePairwise` is far faster beyond a thousand rows */
  readonly pairwise?: Pairwise;
  readonly onProgress?: OnProgress;
}

/**
 * The squared distances from each row of `a` to its k nearest rows of `b`, nearest first: [a.count,
 * k]. Where both are the same matrix, a row is no neighbour of itself.
 * @throws RangeError when there are fewer than k rows to choose from
 */
export async function nearestDistances(
  a: Matrix,
  b: Matrix,
  k: number,
  { pairwise = plainPairwise, onProgress }: PairOptions = {},
): Promise<Float64Array> {
  wholeNumber('neighbours', k, 1, b.count - (a === b ? 1 : 0));
  const nearest = new Float64Array(a.count * k).fill(Infinity);
  const visit = async (block: { a: Matrix; b: Matrix; row: number; column: number }) => {
    const distances = await pairwise.squaredDistances(block.a, block.b);
    for (let i = 0, at = 0; i < block.a.count; i++) {
      const self = a === b ? block.row + i - block.column : -1;
      const last = (block.row + i + 1) * k - 1;
      for (let j = 0; j < block.b.count; j++, at++)
        if (distances[at]! < nearest[last]! && j !== self) insert(nearest, last, k, distances[at]!);
    }
  };
  await eachBlock(a, b, visit, { onProgress });
  return nearest;
}

/** Puts a distance to its place among the k that end at `last`, and drops the largest. */
function insert(nearest: Float64Array, last: number, k: number, distance: number): void {
  let at = last;
  for (; at > last - k + 1 && nearest[at - 1]! > distance; at--) nearest[at] = nearest[at - 1]!;
  nearest[at] = distance;
}
