import { describe, expect, it } from 'vitest';
import { slicedWasserstein } from '../../src/evaluation/sliced-wasserstein.ts';
import { A, B, rows, shifted } from './known.ts';

/** The four axes and their middle. */
const directions = rows(5, 4, (i, j) => (i === 4 ? 0.5 : i === j ? 1 : 0));

describe('slicedWasserstein', () => {
  it('gives the known answer of the fixed arrays over five directions', () => {
    expect(slicedWasserstein(A, B, { directions })).toBeCloseTo(0.349785973, 9);
  });

  it('is the mean length of a shift along the directions', () => {
    expect(slicedWasserstein(A, shifted(A, 1), { directions })).toBeCloseTo(1.2, 12);
    expect(slicedWasserstein(A, shifted(A, 1), { directions, order: 2 })).toBeCloseTo(Math.sqrt(8 / 5), 12);
  });

  it('takes random unit directions by seed', () => {
    const one = slicedWasserstein(A, B, { directions: 16, seed: 1 });
    expect(slicedWasserstein(A, B, { directions: 16, seed: 1 })).toBe(one);
    expect(slicedWasserstein(A, B, { directions: 16, seed: 2 })).not.toBe(one);
    // On a line every direction is the same up to its sign.
    const line = rows(8, 1, (i) => i);
    expect(slicedWasserstein(line, shifted(line, 5))).toBeCloseTo(5, 5);
  });

  it('refuses directions of another width and an unknown order', () => {
    expect(() => slicedWasserstein(A, B, { directions: rows(2, 3, () => 1) })).toThrow(
      'expected directions of 4 columns, as the samples have, got 3',
    );
    expect(() => slicedWasserstein(A, B, { order: 3 as 2 })).toThrow('order: expected one of 1, 2, got "3"');
  });
});
