import { describe, expect, it } from 'vitest';
import { kernelDistance } from '../../src/evaluation/kernel-distance.ts';
import { A, B, flatA, flatB, moved, reordered, rows, shifted } from './known.ts';

const value = async (...args: Parameters<typeof kernelDistance>) => (await kernelDistance(...args)).mean;

describe('kernelDistance', () => {
  it('gives the known answers of all estimators', async () => {
    expect(await value(A, B)).toBeCloseTo(0.242473118, 9);
    expect(await value(A, B, { estimator: 'u-statistic' })).toBeCloseTo(0.243168358, 9);
    expect(await value(A, B, { estimator: 'biased' })).toBeCloseTo(0.303885674, 9);
    expect(await value(flatA, flatB)).toBeCloseTo(0.252619047, 9);
  });

  it('is negative for a sample with itself, and rightly so', async () => {
    expect(await value(flatA, flatA)).toBeCloseTo(-0.063611344, 9);
  });

  it('averages over subsets by seed', async () => {
    const options = { subsets: 12, subsetSize: 32, seed: 3 };
    const { mean, deviation } = await kernelDistance(A, B, options);
    expect(deviation).toBeGreaterThan(0);
    expect(Math.abs(mean - 0.2425)).toBeLessThan(deviation);
    expect(await kernelDistance(A, B, options)).toEqual({ mean, deviation });
    expect(await value(A, B, { ...options, seed: 4 })).not.toBe(mean);
  });

  it('is the same after a common step, and in any order of rows', async () => {
    expect(await value(moved(A, 0.7, 0), moved(B, 0.7, 0))).toBeCloseTo(0.242473118, 9);
    expect(await value(reordered(A), reordered(B, 13))).toBeCloseTo(0.242473118, 9);
  });

  it('tells how far it is', async () => {
    const told: string[] = [];
    const onProgress = (done: number, total: number) => told.push(`${done}/${total}`);
    await kernelDistance(A, B, { subsets: 3, subsetSize: 8, onProgress });
    expect(told).toEqual(['1/3', '2/3', '3/3']);
  });

  it('refuses subsets larger than the sample, NaN and unknown estimators', async () => {
    await expect(kernelDistance(A, B, { subsetSize: 65 })).rejects.toThrow(
      'kernelDistance: subsetSize: expected a whole number from 2 to 64, got 65',
    );
    await expect(kernelDistance(A, shifted(B, Number.NaN))).rejects.toThrow('got NaN in row 0, column 0');
    await expect(
      kernelDistance(
        A,
        rows(1, 4, () => 1),
      ),
    ).rejects.toThrow('expected at least 2 rows, got 1');
    await expect(kernelDistance(A, B, { estimator: 'best' as 'biased' })).rejects.toThrow('got "best"');
  });
});
