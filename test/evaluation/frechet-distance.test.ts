import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, normals } from '../../src/engine/index.ts';
import { frechetDistance, gaussianDistance } from '../../src/evaluation/frechet-distance.ts';
import { Moments } from '../../src/evaluation/moments.ts';
import { A, B, changed, flatA, flatB, moved, reordered, rows, shifted, some } from './known.ts';

describe('frechetDistance', () => {
  it('gives the known answer of two by two', () => {
    const first = { mean: Float64Array.of(1, -2), covariance: Float64Array.of(2, 0.5, 0.5, 1) };
    const second = { mean: Float64Array.of(0, 0), covariance: Float64Array.of(1, -0.3, -0.3, 3) };
    expect(gaussianDistance(first, second)).toBeCloseTo(5.929311855, 9);
  });

  it('gives the known answer of the fixed arrays, from rows and from moments in parts', () => {
    expect(frechetDistance(A, B)).toBeCloseTo(0.422190029, 9);
    const parts = new Moments(4).merge(Moments.of(some(B, 30, 64))).merge(Moments.of(some(B, 0, 30)));
    expect(frechetDistance(Moments.of(A), parts)).toBeCloseTo(0.422190029, 9);
  });

  it('is never below 0, also where both sides are alike and rounding would have it so', () => {
    for (let seed = 0; seed < 30; seed++) {
      const features = Moments.of(normals(keyOf(seed, 'features'), [40, 8]));
      const distance = frechetDistance(features, features);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThan(1e-12);
    }
  });

  it('stands a covariance that is singular', () => {
    // By the singular values of the centred rows, where no root of a rounded zero comes in; with it
    // numpy has ...221.
    expect(frechetDistance(flatA, flatB)).toBeCloseTo(0.500629244, 9);
    expect(Math.abs(frechetDistance(flatA, flatA))).toBeLessThan(1e-6);
    const away = changed(flatA, (value, j) => value + [1, 2, 2, 0][j]!);
    expect(frechetDistance(flatA, away)).toBeCloseTo(9, 6);
    const double = changed(flatA, (value) => 2 * value);
    expect(frechetDistance(flatA, double)).toBeCloseTo(2.032853381, 6);
  });

  it('takes a generator that always gives one sample', () => {
    const mean = Moments.of(A).mean;
    const same = rows(64, 4, (_, j) => mean[j]!);
    expect(frechetDistance(A, same)).toBeCloseTo(Moments.of(A).totalVariance, 9);
  });

  it('is the same after a common step and shift, and in any order of rows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (angle, by) => {
          expect(frechetDistance(moved(A, angle, by), moved(B, angle, by))).toBeCloseTo(0.422190029, 7);
        },
      ),
      { numRuns: 20 },
    );
    expect(frechetDistance(reordered(A), reordered(B, 13))).toBeCloseTo(0.422190029, 9);
  });

  it('is symmetric', () => {
    expect(frechetDistance(B, A)).toBeCloseTo(frechetDistance(A, B), 9);
  });

  it('refuses too few samples for the covariance', () => {
    expect(() => frechetDistance(A, some(B, 0, 4))).toThrow(
      'frechetDistance: generated: expected more samples than the 4 features, or the covariance is singular, got 4',
    );
  });

  it('refuses constant real features, NaN and two widths', () => {
    expect(() =>
      frechetDistance(
        rows(64, 4, () => 2),
        B,
      ),
    ).toThrow('expected real features that vary');
    expect(() => frechetDistance(A, shifted(B, Number.NaN))).toThrow('expected finite numbers, got NaN');
    expect(() =>
      frechetDistance(
        A,
        rows(9, 2, (i) => i),
      ),
    ).toThrow('expected 4 columns on both sides, got 2');
  });
});
