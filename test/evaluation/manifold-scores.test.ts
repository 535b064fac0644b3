import { describe, expect, it } from 'vitest';
import { keyOf, normals } from '../../src/engine/index.ts';
import { manifoldScores } from '../../src/evaluation/manifold-scores.ts';
import { A, B, flatA, moved, reordered, rows, shifted, some } from './known.ts';

describe('manifoldScores', () => {
  it('gives the known answers of the fixed arrays', async () => {
    expect(await manifoldScores(A, B, { k: 3, densityK: 3 })).toEqual({
      precision: 0.703125,
      recall: 0.53125,
      density: expect.closeTo(0.427083333, 9),
      coverage: 0.453125,
    });
    expect(await manifoldScores(A, B, { k: 5, densityK: 5 })).toEqual({
      precision: 0.921875,
      recall: 0.890625,
      density: expect.closeTo(0.596875, 9),
      coverage: 0.859375,
    });
  });

  it('gives both pairs their own k in one pass', async () => {
    const scores = await manifoldScores(A, B);
    expect(scores).toMatchObject({ precision: 0.703125, recall: 0.53125, coverage: 0.859375 });
  });

  it('gives what is found by hand on a line', async () => {
    const real = rows(4, 1, (i) => [0, 1, 2, 4][i]!);
    const generated = rows(3, 1, (i) => [0.5, 1.5, 10][i]!);
    expect(await manifoldScores(real, generated, { k: 1, densityK: 1 })).toEqual({
      precision: expect.closeTo(2 / 3, 12),
      recall: 1,
      density: expect.closeTo(4 / 3, 12),
      coverage: 0.75,
    });
  });

  it('is perfect for a sample with itself and nothing for one far away', async () => {
    const same = await manifoldScores(flatA, flatA);
    expect(same.density).toBeCloseTo(1, 12);
    expect(same).toMatchObject({ precision: 1, recall: 1, coverage: 1 });
    const far = await manifoldScores(flatA, shifted(flatA, 100));
    expect(far).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });

  it('exchanges precision and recall when real and generated are exchanged', async () => {
    const [there, back] = [await manifoldScores(A, B), await manifoldScores(B, A)];
    expect([back.precision, back.recall]).toEqual([there.recall, there.precision]);
  });

  it('is the same after a common step and shift, and in any order of rows', async () => {
    const scores = await manifoldScores(A, B);
    expect(await manifoldScores(moved(A, 0.4, 3), moved(B, 0.4, 3))).toEqual(scores);
    expect(await manifoldScores(reordered(A), reordered(B, 13))).toEqual(scores);
  });

  it('covers 1 - 2^-k of a sample of the same distribution', async () => {
    const { coverage } = await manifoldScores(normals(keyOf(1), [400, 3]), normals(keyOf(2), [400, 3]));
    expect(Math.abs(coverage - (1 - 2 ** -5))).toBeLessThan(0.03);
  });

  it('tells how far it is, up to the end', async () => {
    const told: (readonly [number, number])[] = [];
    await manifoldScores(A, B, { onProgress: (done, total) => told.push([done, total]) });
    expect(told).toEqual([
      [4096, 12288],
      [8192, 12288],
      [12288, 12288],
    ]);
  });

  it('refuses too few rows, constant features and NaN', async () => {
    await expect(manifoldScores(A, some(B, 0, 5))).rejects.toThrow(
      'generated: expected at least 6 rows, got 5',
    );
    await expect(
      manifoldScores(
        rows(9, 4, () => 1),
        B,
      ),
    ).rejects.toThrow('expected real features that vary');
    await expect(manifoldScores(shifted(A, Number.NaN), B)).rejects.toThrow('expected finite numbers');
    await expect(manifoldScores(A, B, { k: 0 })).rejects.toThrow('k: expected a whole number from 1, got 0');
  });
});
