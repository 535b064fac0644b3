import { eachBlock } from './blocks.ts';
import type { PairOptions } from './nearest-neighbours.ts';
import { plainPairwise } from './pairwise.ts';
import type { Matrix } from './rows.ts';

/** The nearest row of each. */
export interface NearestRows {
  /** The number of the nearest row; the first of several. */
  readonly rows: Int32Array;
  /** Squared distances to it. */
  readonly distances: Float64Array;
}

/** For each row of `a` the nearest row of `b`, block by block. */
export async function nearestRows(
  a: Matrix,
  b: Matrix,
  { pairwise = plainPairwise, onProgress }: PairOptions = {},
): Promise<NearestRows> {
  const rows = new Int32Array(a.count);
  const nearest = new Float64Array(a.count).fill(Infinity);
  await eachBlock(
    a,
    b,
    async (block) => {
      const distances = await pairwise.squaredDistances(block.a, block.b);
      for (let i = block.row, at = 0; i < block.row + block.a.count; i++)
        for (let j = 0; j < block.b.count; j++, at++)
          if (distances[at]! < nearest[i]!) {
            nearest[i] = distances[at]!;
            rows[i] = block.column + j;
          }
    },
    { onProgress },
  );
  return { rows, distances: nearest };
}
