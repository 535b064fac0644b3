import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wassersteinDistance } from '../../src/evaluation/wasserstein.ts';
import { wasserstein1d } from '../../src/evaluation/wasserstein-1d.ts';
import { A, B, column, reordered, rows, shifted } from './known.ts';

describe('wasserstein', () => {
  it('is the length of a common shift', () => {
    expect(wassersteinDistance(A, reordered(shifted(A, 3)), 2)).toBeCloseTo(6, 9);
    expect(wassersteinDistance(A, reordered(shifted(A, 3)), 1)).toBeCloseTo(6, 9);
  });

  it('finds the cheap pairs by hand: a square whose corners are exchanged costs nothing', () => {
    const square = { shape: [4, 2], data: [0, 0, 0, 1, 1, 0, 1, 1] };
    const turned = { shape: [4, 2], data: [1, 1, 0, 0, 1, 0, 0, 1.5] };
    expect(wassersteinDistance(square, turned, 1)).toBeCloseTo(0.125, 12);
    expect(wassersteinDistance(square, turned, 2)).toBeCloseTo(0.25, 12);
  });

  it('agrees with the sorted answer on a line', () => {
    const numbers = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [p, q] = [rows(12, 1, (i) => a[i]!), rows(12, 1, (i) => b[i]!)];
        expect(wassersteinDistance(p, q, 1)).toBeCloseTo(wasserstein1d(a, b, 1), 9);
        expect(wassersteinDistance(p, q, 2)).toBeCloseTo(wasserstein1d(a, b, 2), 6);
      }),
      { numRuns: 100 },
    );
  });

  it('is at least what any one column costs', () => {
    expect(wassersteinDistance(A, B, 1)).toBeGreaterThan(wasserstein1d(column(A, 0), column(B, 0)));
  });

  it('refuses two sizes and too many rows', () => {
    expect(() =>
      wassersteinDistance(
        A,
        rows(9, 4, () => 0),
      ),
    ).toThrow('expected two samples of equal size, got 64 and 9');
    const many = rows(2001, 1, (i) => i);
    expect(() => wassersteinDistance(many, many)).toThrow('expected at most 2000 rows, got 2001');
  });
});
