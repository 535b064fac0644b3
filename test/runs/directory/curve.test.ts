import { describe, expect, it } from 'vitest';
import { Curve } from '../../../src/runs/directory/curve.ts';

function curve(points: number, capacity?: number): Curve {
  const made = new Curve(capacity);
  for (let i = 0; i < points; i++) made.add(i, i / 10, i);
  return made;
}

describe('Curve', () => {
  it('shows points as they are while there are few', () => {
    expect(curve(3).columns(10)).toEqual({ index: [0, 1, 2], time: [0, 0.1, 0.2], mean: [0, 1, 2] });
  });

  it('gathers neighbours into as many buckets as were asked for, with lowest, highest and mean', () => {
    expect(curve(5).columns(2)).toEqual({
      index: [0, 3],
      time: [0, 0.3],
      mean: [1, 3.5],
      min: [0, 3],
      max: [2, 4],
    });
  });

  it('keeps a spike among a million points, in bounded memory', () => {
    const long = new Curve(64);
    for (let i = 0; i < 1_000_000; i++) long.add(i, i, i === 777_777 ? 9 : 0);
    const { index, max, min } = long.columns(1000);
    expect(index.length).toBeLessThanOrEqual(64);
    expect(index.length).toBeGreaterThan(30);
    expect(Math.max(...max!)).toBe(9);
    expect(Math.min(...min!)).toBe(0);
    expect(long.exact).toBe(false);
  });

  it('weighs every point alike, however the buckets have grown', () => {
    const { mean } = curve(1000, 16).columns(1);
    expect(mean).toEqual([499.5]);
  });

  it('cuts out a stretch, with the bucket that reaches into it', () => {
    expect(curve(10).columns(10, 4, 6).index).toEqual([4, 5, 6]);
    // Buckets of eight: 0 to 7, 8 to 15.
    expect(curve(16, 2).columns(10, 9, 9).index).toEqual([8]);
    expect(curve(3).columns(10, 7, 9).index).toEqual([2]);
    expect(new Curve().columns(10)).toEqual({ index: [], time: [], mean: [] });
  });
});
