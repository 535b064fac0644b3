import { describe, expect, it } from 'vitest';
import { pageModule } from './page-modules.ts';

const { Points, smoothed, withoutOutliers } = await pageModule('points.js');

describe('Points', () => {
  it('begins with what the server sent and goes on with what a run tells', () => {
    const points = new Points({ index: [0, 4], time: [1, 2], mean: [5, 6], min: [4, 5], max: [6, 7] });
    points.add(8, 3, 9);
    expect(points).toEqual({
      index: [0, 4, 8],
      time: [1, 2, 3],
      mean: [5, 6, 9],
      min: [4, 5, 9],
      max: [6, 7, 9],
    });
  });

  it('does not grow without end, and forgets no extreme', () => {
    const points = new Points();
    for (let i = 0; i < 50_000; i++) points.add(i, i, i === 100 ? 7 : 1);
    expect(points.index.length).toBeLessThanOrEqual(4000);
    expect(points.index.length).toBeGreaterThan(1000);
    expect(Math.max(...points.max)).toBe(7);
    expect(points.index).toEqual([...points.index].sort((a: number, b: number) => a - b));
  });

  it('makes one bucket of two neighbours', () => {
    const points = new Points({ index: [0, 1, 2], time: [0, 1, 2], mean: [1, 3, 9] });
    points.halve();
    expect(points).toEqual({ index: [0, 2], time: [0, 2], mean: [2, 9], min: [1, 9], max: [3, 9] });
  });
});

describe('smoothed', () => {
  it('averages with the past, and does not lean towards where it began', () => {
    // Weights 1; 1/3 and 2/3; 1/7, 2/7 and 4/7.
    expect(smoothed([1, 4, 8], 0.5)).toEqual([1, 3, expect.closeTo((1 + 8 + 32) / 7, 12)]);
    expect(smoothed([5, 5, 5], 0.9)).toEqual([5, expect.closeTo(5, 12), expect.closeTo(5, 12)]);
    expect(smoothed([1, 4], 0)).toEqual([1, 4]);
  });
});

describe('withoutOutliers', () => {
  it('leaves out the most extreme two hundredths', () => {
    const values = Array.from({ length: 1001 }, (_, i) => i);
    expect(withoutOutliers([...values.slice(0, 1000), 1e9])).toEqual([5, 995]);
    expect(withoutOutliers([3])).toEqual([3, 3]);
    expect(withoutOutliers([])).toEqual([0, 1]);
  });
});
