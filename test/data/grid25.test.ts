import { describe, expect, it } from 'vitest';
import { grid25 } from '../../src/data/index.ts';

describe('grid25', () => {
  it('has the centres {-4, -2, 0, 2, 4}^2 / 2.828', () => {
    const { centres } = grid25();
    expect(new Set(centres.map(([x, y]) => `${x} ${y}`)).size).toBe(25);
    for (const part of centres.flat()) expect([-4, -2, 0, 2, 4]).toContain(Math.round(part * 2.828));
    expect(centres[0]![0]).toBeCloseTo(-1.414427, 6);
    expect(centres[12]).toEqual([0, 0]);
    expect(centres[1]![1]).toBeCloseTo(-0.707214, 6);
  });

  it('has the deviation .05 / 2.828', () => {
    expect(grid25().deviation).toBeCloseTo(0.0176803, 7);
  });

  it('is close to one standard deviation along each axis', () => {
    const data = [...grid25({ seed: 5 }).read(Array.from({ length: 4_000 }, (_, i) => i)).examples.data];
    const squares = data.reduce((sum, value) => sum + value * value, 0);
    expect(Math.sqrt(squares / data.length)).toBeCloseTo(1, 1);
  });
});
