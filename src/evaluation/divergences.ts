import { matrixOf } from './rows.ts';

/**
 * Divergences of two distributions over the same bins, in nats where there is a logarithm; none is
 * below 0.
 */
export interface Divergences {
  /** KL(p || q); Infinity where q lacks a bin of p. */
  readonly kl: number;
  /** KL(q || p) */
  readonly reverseKl: number;
  /** From 0 to ln 2. Endres and Schindelin (2003). */
  readonly jensenShannon: number;
  /** sum (p - q)^2 / q */
  readonly pearson: number;
  /** sum (sqrt p - sqrt q)^2, from 0 to 2. */
  readonly squaredHellinger: number;
  /** Half the sum of |p - q|, from 0 to 1. */
  readonly totalVariation: number;
}

/**
 * The divergences of two histograms, or of two densities on one grid; both are normalised. Nowozin
 * et al., f-GAN (arXiv:1606.00709), table 1.
 * @throws RangeError for other lengths, a negative or non-finite number, or nothing but zeros
 */
export function divergences(p: ArrayLike<number>, q: ArrayLike<number>): Divergences {
  const [first, second] = [shares(p), shares(q)];
  if (first.length !== second.length)
    throw new RangeError(`divergences: expected ${first.length} bins on both sides, got ${second.length}`);
  const sum = (term: (p: number, q: number) => number) =>
    first.reduce((total, value, i) => total + term(value, second[i]!), 0);
  const information = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));
  // Two that are alike come out below 0 by the last digits of their terms.
  const nats = (term: (p: number, q: number) => number) => Math.max(0, sum(term));
  return {
    kl: nats(information),
    reverseKl: nats((a, b) => information(b, a)),
    jensenShannon: nats((a, b) => (information(a, (a + b) / 2) + information(b, (a + b) / 2)) / 2),
    pearson: sum((a, b) => (a === b ? 0 : (a - b) ** 2 / b)),
    squaredHellinger: sum((a, b) => (Math.sqrt(a) - Math.sqrt(b)) ** 2),
    totalVariation: sum((a, b) => Math.abs(a - b)) / 2,
  };
}

function shares(weights: ArrayLike<number>): Float64Array {
  const { data } = matrixOf('divergences', { shape: [1, weights.length], data: weights });
  const total = data.reduce((sum, value) => sum + value, 0);
  if (total <= 0 || data.some((value) => value < 0))
    throw new RangeError('divergences: expected weights from 0 that are not all 0');
  return data.map((value) => value / total);
}
