import { describe, expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { latentPath } from '../../src/evaluation/latent-path.ts';

const [from, to] = [Value.of([3, 0, 1, 1], [2, 2]), Value.of([0, 3, 1, 1], [2, 2])];
const rounded = ({ data }: Value) => [...data].map((value) => Number(value.toFixed(4)));

describe('latentPath', () => {
  it('keeps the length on the way over the sphere', () => {
    const path = latentPath(from, to, 3);
    expect(path.shape).toEqual([6, 2]);
    expect(rounded(path)).toEqual([3, 0, 2.1213, 2.1213, 0, 3, 1, 1, 1, 1, 1, 1]);
  });

  it('turns by the angle between vectors of any lengths', () => {
    const path = latentPath(Value.of([2, 0], [1, 2]), Value.of([2, 2], [1, 2]), 3);
    // sin(22.5°) / sin(45°) of each.
    expect(rounded(path).slice(2, 4)).toEqual([2.1648, 1.0824]);
  });

  it('goes straight where it is told to', () => {
    expect(rounded(latentPath(from, to, 3, 'linear')).slice(0, 6)).toEqual([3, 0, 1.5, 1.5, 0, 3]);
  });

  it('goes straight between opposite vectors, where the sphere names no way', () => {
    expect(rounded(latentPath(Value.of([1, 0], [1, 2]), Value.of([-1, 0], [1, 2]), 3))).toEqual([
      1, 0, 0, 0, -1, 0,
    ]);
  });

  it('refuses one step and two shapes', () => {
    expect(() => latentPath(from, to, 1)).toThrow('steps: expected a whole number from 2, got 1');
    expect(() => latentPath(from, Value.of([1, 2], [1, 2]), 3)).toThrow('got [2,2] and [1,2]');
  });
});
