import { assignment } from './assignment.ts';
import { plainPairwise } from './pairwise.ts';
import { pairOf, type Rows } from './rows.ts';

/** Beyond this the n^3 steps of the exact answer take minutes. */
const most = 2000;

/**
 * The Wasserstein distance of order 1 or 2 between two samples of equal size in any dimension,
 * exactly, by the cheapest assignment. For small samples: 500 points take about a tenth of a
 * second. Units: those of the samples. Peyre and Cuturi, Computational Optimal Transport
 * (arXiv:1803.00567), proposition 2.1.
 * @param a [count, width], with at most 2,000 rows
 * @param b [count, width]
 * @throws RangeError for other sizes, numbers that are not finite or too many rows
 */
export function wassersteinDistance(a: Rows, b: Rows, order: 1 | 2 = 2): number {
  const [first, second] = pairOf('wasserstein', a, b);
  const { count } = first;
  if (second.count !== count)
    throw new RangeError(
      `wasserstein: expected two samples of equal size, got ${count} and ${second.count} rows`,
    );
  if (count > most)
    throw new RangeError(
      `wasserstein: expected at most ${most} rows, got ${count}; slicedWasserstein takes any number`,
    );
  const squares = plainPairwise.squaredDistances(first, second) as Float64Array;
  const costs = order === 2 ? squares : squares.map(Math.sqrt);
  let sum = 0;
  assignment(costs, count).forEach((column, row) => {
    sum += costs[row * count + column]!;
  });
  return order === 2 ? Math.sqrt(sum / count) : sum / count;
}
