import type { Matrix } from './rows.ts';

/** Called as blocks are done, so that a long score can show how far it is. */
export type OnProgress = (done: number, total: number) => void;

/**
 * How rows are compared with each other, all with all. The rows are those of one block, and so is
 * the result.
 */
export interface Pairwise {
  /** Scalar products, [a.count, b.count] row-major. */
  products(a: Matrix, b: Matrix): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Squared Euclidean distances, [a.count, b.count] row-major; none below 0. */
  squaredDistances(a: Matrix, b: Matrix): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/** In double precision, one pair after the other: exact, and slow beyond some thousand rows. */
export const plainPairwise: Pairwise = {
  products: (a, b) => eachPair(a, b, (x, y) => x * y),
  squaredDistances: (a, b) => eachPair(a, b, (x, y) => (x - y) * (x - y)),
};

function eachPair(a: Matrix, b: Matrix, term: (x: number, y: number) => number): Float64Array {
  const { width } = a;
  const result = new Float64Array(a.count * b.count);
  let at = 0;
  for (let i = 0; i < a.data.length; i += width)
    for (let j = 0; j < b.data.length; j += width) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += term(a.data[i + k]!, b.data[j + k]!);
      result[at++] = sum;
    }
  return result;
}
