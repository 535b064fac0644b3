import { describe, expect, it } from 'vitest';
import { gaussianPoints } from '../../src/data/index.ts';

const indices = Array.from({ length: 10_000 }, (_, i) => i);

function moments(data: ArrayLike<number>, axis: 0 | 1): { mean: number; deviation: number } {
  const values = Array.from(data).filter((_, i) => i % 2 === axis);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

describe('gaussian', () => {
  it('is standard normal unless told otherwise', () => {
    const { mean, deviation } = moments(gaussianPoints().read(indices).examples.data, 0);
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(deviation).toBeCloseTo(1, 1);
  });

  it('takes a mean and a deviation', () => {
    const { data } = gaussianPoints({ mean: [3, -2], deviation: 0.5 }).read(indices).examples;
    expect(moments(data, 0).mean).toBeCloseTo(3, 1);
    expect(moments(data, 1).mean).toBeCloseTo(-2, 1);
    expect(moments(data, 1).deviation).toBeCloseTo(0.5, 1);
  });

  it('refuses what is no mean, no deviation and no seed', () => {
    expect(() => gaussianPoints({ mean: [Number.NaN, 0] })).toThrow(
      'mean[0]: expected a finite number, got NaN',
    );
    expect(() => gaussianPoints({ mean: [0] as unknown as [number, number] })).toThrow('mean[1]');
    expect(() => gaussianPoints({ deviation: 0 })).toThrow(
      'deviation: expected a finite number above 0, got 0',
    );
    expect(() => gaussianPoints({ seed: 1.5 })).toThrow('seed: expected a whole number from 0, got 1.5');
  });
});
