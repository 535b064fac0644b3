import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Value } from '../../../src/engine/index.ts';
import { refiner } from '../../../src/models/index.ts';
import { both, noise } from '../support.ts';
import { conditioned } from './conditional.ts';

describe('refiner', () => {
  it.each([2, 4, 8] as const)('makes images that are %i times as large, in [-1, 1]', (factor) => {
    const layer = refiner({ factor, channels: 3, filters: 2, blocks: 1, condition: 4 });
    const side = 8 * factor;
    expect(layer.init(keyOf(1), [8, 8, 3], { condition: 4 }).shape).toEqual([side, side, 3]);
    const { y } = conditioned(layer, noise('x', [2, 8, 8, 3]), noise('c', [2, 4]), { engine: both.onnx });
    expect(y.shape).toEqual([2, side, side, 3]);
    expect(y.data.every((value) => Math.abs(value) <= 1)).toBe(true);
  });

  it('reads the image and the condition', () => {
    const layer = refiner({ channels: 1, filters: 2, blocks: 1, condition: 2 });
    const of = (x: Value, c: Value) => conditioned(layer, x, c, { training: false }).y.data;
    const [x, c] = [noise('x', [1, 4, 4, 1]), noise('c', [1, 2])];
    const first = of(x, c);
    expect(of(noise('other', [1, 4, 4, 1]), c)).not.toEqual(first);
    expect(of(x, noise('other', [1, 2]))).not.toEqual(first);
  });

  it('has as many residual blocks as it is told', () => {
    const leaves = (blocks: number) =>
      flattenTree(
        refiner({ channels: 1, filters: 2, blocks, condition: 2 }).init(keyOf(1), [4, 4, 1]).weights,
      ).size;
    expect(leaves(2) - leaves(1)).toBe(leaves(1) - leaves(0));
    expect(leaves(1)).toBeGreaterThan(leaves(0));
  });

  it('refuses other factors, numbers and conditions', () => {
    for (const [name, value, from] of [
      ['channels', 0, 1],
      ['filters', 0, 1],
      ['blocks', -1, 0],
    ] as const)
      expect(() => refiner({ channels: 1, condition: 2, [name]: value })).toThrow(
        `refiner: ${name}: expected a whole number from ${from}, got ${value}`,
      );
    expect(() => refiner({ factor: 3 as 2, channels: 1, condition: 2 })).toThrow(
      'refiner: factor: expected one of 2, 4, 8, got "3"',
    );
    expect(() => refiner({ channels: 1, condition: 2 }).init(keyOf(1), [4, 4, 1], { condition: 3 })).toThrow(
      'concatCondition: expected conditions of [count, 2], got [count, 3]',
    );
  });
});
