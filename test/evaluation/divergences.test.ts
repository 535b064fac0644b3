import { describe, expect, it } from 'vitest';
import { divergences } from '../../src/evaluation/divergences.ts';

const places = Array.from({ length: 30_001 }, (_, i) => -15 + i / 1000);
const normal = (mean: number) => places.map((x) => Math.exp(-((x - mean) ** 2) / 2));

describe('divergences', () => {
  it('gives the known answers of N(0, 1) and N(1, 1)', () => {
    const found = divergences(normal(0), normal(1));
    expect(found.kl).toBeCloseTo(0.5, 6);
    expect(found.reverseKl).toBeCloseTo(0.5, 6);
    expect(found.pearson).toBeCloseTo(Math.E - 1, 6);
    expect(found.squaredHellinger).toBeCloseTo(0.235006, 6);
    expect(found.jensenShannon).toBeCloseTo(0.111421, 6);
    expect(found.totalVariation).toBeCloseTo(0.382925, 6);
  });

  it.each([
    [2, 0.336831],
    [4, 0.63272],
  ])('gives the Jensen-Shannon divergence of N(0, 1) and N(%i, 1)', (mean, nats) => {
    expect(divergences(normal(0), normal(mean)).jensenShannon).toBeCloseTo(nats, 6);
  });

  it('is never below 0, also where both are alike and rounding would have it so', () => {
    for (let bins = 2; bins < 12; bins++) {
      const weights = Array.from({ length: bins }, (_, i) => i + 1);
      const tenth = weights.map((weight) => weight / 10);
      const found = divergences(weights, tenth);
      for (const [name, value] of Object.entries(found)) expect(value, name).toBeGreaterThanOrEqual(0);
      for (const [name, value] of Object.entries(found)) expect(value, name).toBeLessThan(1e-14);
    }
  });

  it('stands empty bins', () => {
    expect(divergences([1, 1, 0], [0, 1, 1])).toMatchObject({
      kl: Infinity,
      totalVariation: 0.5,
      jensenShannon: Math.log(2) / 2,
    });
    expect(divergences([2, 2], [1, 1])).toMatchObject({ kl: 0, pearson: 0 });
  });

  it('refuses what is no distribution', () => {
    expect(() => divergences([1, 2], [1])).toThrow('expected 2 bins on both sides, got 1');
    expect(() => divergences([1, -1], [1, 1])).toThrow('expected weights from 0 that are not all 0');
    expect(() => divergences([0, 0], [1, 1])).toThrow('expected weights from 0 that are not all 0');
  });
});
