import { describe, expect, it } from 'vitest';
import { wasserstein1d } from '../../src/evaluation/wasserstein-1d.ts';
import { A, B, column } from './known.ts';

/** Places of equal weight under N(0, 1), found by adding its density up. */
function normalPlaces(count: number): Float64Array {
  const places = new Float64Array(count);
  let [below, found] = [0, 0];
  for (let x = -8; found < count; x += 1e-4) {
    below += (1e-4 * Math.exp(-(x * x) / 2)) / Math.sqrt(2 * Math.PI);
    if (below >= (found + 0.5) / count) places[found++] = x;
  }
  return places;
}

describe('wasserstein1d', () => {
  it('gives the known answer of column 0 of the fixed arrays', () => {
    expect(wasserstein1d(column(A, 0), column(B, 0))).toBeCloseTo(0.296356343, 9);
  });

  it('is m in both orders for N(0, 1) and N(m, 1), and |s - 1| in order 2 for N(0, s)', () => {
    const places = normalPlaces(2000);
    const moved = places.map((place) => place + 2);
    expect(wasserstein1d(places, moved, 1)).toBeCloseTo(2, 12);
    expect(wasserstein1d(places, moved, 2)).toBeCloseTo(2, 12);
    const wider = places.map((place) => 3 * place);
    expect(wasserstein1d(places, wider, 2)).toBeCloseTo(2, 2);
    // E|x| of N(0, 1) is the root of 2 / pi.
    expect(wasserstein1d(places, wider, 1)).toBeCloseTo(2 * Math.sqrt(2 / Math.PI), 2);
  });

  it('takes samples of two sizes by their quantiles', () => {
    // Half of the weight goes 1 far and half 2; then a sixth of it goes 6 far.
    expect(wasserstein1d([0, 3], [1], 1)).toBeCloseTo(1.5, 12);
    expect(wasserstein1d([0, 3], [1], 2)).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(wasserstein1d([0, 6], [0, 0, 6], 1)).toBeCloseTo(1, 12);
  });

  it('refuses nothing and NaN', () => {
    expect(() => wasserstein1d([], [1])).toThrow('expected at least one number, got none');
    expect(() => wasserstein1d([1, Number.NaN], [1])).toThrow('expected finite numbers, got NaN');
  });
});
