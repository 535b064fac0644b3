import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { codes } from '../../../src/models/index.ts';
import { moments } from '../support.ts';

describe('codes', () => {
  it('draws noise, one category in full, and numbers between -1 and 1', () => {
    const { size, draw } = codes({ noise: 3, categories: 4, continuous: 2 });
    const { shape, data } = draw(2000, keyOf(1));
    expect(size).toBe(9);
    expect(shape).toEqual([2000, 9]);
    const column = (at: number) => Array.from({ length: 2000 }, (_, row) => data[9 * row + at]!);
    const noise = moments(column(1));
    expect(Math.abs(noise.mean)).toBeLessThan(0.08);
    expect(Math.abs(noise.variance - 1)).toBeLessThan(0.12);
    for (const at of [3, 4, 5, 6]) expect(Math.abs(moments(column(at)).mean - 0.25)).toBeLessThan(0.04);
    for (let row = 0; row < 2000; row++)
      expect([3, 4, 5, 6].map((at) => data[9 * row + at]!).sort()).toEqual([0, 0, 0, 1]);
    const numbers = moments(column(8));
    expect(Math.abs(numbers.variance - 1 / 3)).toBeLessThan(0.03);
    expect(Math.max(...column(8).map(Math.abs))).toBeLessThanOrEqual(1);
  });

  it('draws the same by the same key and other codes by another', () => {
    const { draw } = codes({ noise: 1, categories: 3 });
    expect(draw(5, keyOf(1))).toEqual(draw(5, keyOf(1)));
    expect(draw(5, keyOf(2))).not.toEqual(draw(5, keyOf(1)));
  });

  it.each([
    [{ noise: -1, categories: 2 }, 'codes: noise: expected a whole number from 0, got -1'],
    [{ noise: 1, categories: 1 }, 'codes: categories: expected 0 or a whole number from 2, got 1'],
    [{ noise: 1 }, 'codes: expected a category or continuous codes, got neither'],
  ])('refuses %j', (wrong, message) => {
    expect(() => codes(wrong)).toThrow(new RangeError(message));
  });
});
