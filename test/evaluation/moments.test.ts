import { describe, expect, it } from 'vitest';
import { Moments } from '../../src/evaluation/moments.ts';
import { A, shifted, some } from './known.ts';

function close(a: ArrayLike<number>, b: ArrayLike<number>, digits = 12): void {
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, digits);
}

describe('Moments', () => {
  it('has mean and covariance with divisor n - 1', () => {
    const moments = Moments.of({ shape: [3, 2], data: [1, 0, 2, 0, 6, 3] });
    expect([...moments.mean]).toEqual([3, 1]);
    close(moments.covariance, [7, 4.5, 4.5, 3]);
    expect(moments.totalVariance).toBeCloseTo(10, 12);
  });

  it('gives the same for parts, merged in any order', () => {
    const whole = Moments.of(A);
    const parts = [some(A, 0, 5), some(A, 5, 6), some(A, 6, 64)].map(Moments.of);
    const merged = new Moments(4).merge(parts[2]!).merge(parts[0]!).merge(parts[1]!);
    expect(merged.count).toBe(64);
    close(merged.mean, whole.mean);
    close(merged.covariance, whole.covariance);
    const added = new Moments(4).add(some(A, 0, 40)).add(some(A, 40, 64));
    close(added.covariance, whole.covariance);
  });

  it('loses no digits to a common shift', () => {
    close(Moments.of(shifted(A, 1e6)).covariance, Moments.of(A).covariance, 8);
  });

  it('has a variance of exactly 0 for rows that are all the same', () => {
    const same = Moments.of({
      shape: [20, 2],
      data: Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.1 : 7)),
    });
    expect(same.merge(same).totalVariance).toBe(0);
  });

  it('refuses other widths, NaN and a covariance of one sample', () => {
    const moments = new Moments(4);
    expect(() => moments.add({ shape: [1, 3], data: [1, 2, 3] })).toThrow(
      'expected rows of 4 columns, got 3',
    );
    expect(() => moments.merge(new Moments(2))).toThrow('expected moments of 4 columns, got 2');
    expect(() => moments.add({ shape: [1, 4], data: [1, 2, Number.NaN, 4] })).toThrow(
      'got NaN in row 0, column 2',
    );
    expect(() => moments.add(some(A, 0, 1)).covariance).toThrow('expected at least 2 samples, got 1');
  });
});
