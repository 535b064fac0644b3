/**
 * The Wasserstein distance of order 1 or 2 between two samples of numbers, exactly: the distance
 * between their sorted values, (integral over q of |A^-1(q) - B^-1(q)|^order)^(1/order). Sizes may
 * differ. Units: those of the numbers. Peyre and Cuturi, Computational Optimal Transport
 * (arXiv:1803.00567), remark 2.30.
 * @throws RangeError for an empty sample or a number that is not finite
 */
export function wasserstein1d(a: ArrayLike<number>, b: ArrayLike<number>, order: 1 | 2 = 1): number {
  const [first, second] = [sorted(a), sorted(b)];
  const cost = transportCost(first, second, order);
  return order === 1 ? cost : Math.sqrt(cost);
}

/** The mean of |a - b|^order over equal quantiles of two sorted samples. */
export function transportCost(a: ArrayLike<number>, b: ArrayLike<number>, order: 1 | 2): number {
  let [i, j, from, sum] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    // In whole steps of 1 / (a.length * b.length), so that no rounding decides which sample moves
    // on.
    const [endA, endB] = [(i + 1) * b.length, (j + 1) * a.length];
    const end = Math.min(endA, endB);
    const distance = Math.abs(a[i]! - b[j]!);
    sum += (end - from) * (order === 1 ? distance : distance * distance);
    from = end;
    if (endA === end) i++;
    if (endB === end) j++;
  }
  return sum / (a.length * b.length);
}

function sorted(numbers: ArrayLike<number>): Float64Array {
  if (numbers.length === 0) throw new RangeError('wasserstein1d: expected at least one number, got none');
  const copy = Float64Array.from(numbers);
  const bad = copy.find((number) => !Number.isFinite(number));
  if (bad !== undefined) throw new RangeError(`wasserstein1d: expected finite numbers, got ${bad}`);
  return copy.sort();
}
