import { describe, expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { imageGrid, imageRows } from '../../src/plots/index.ts';

const filled = (count: number, side: number, channels: number, first = -1, step = 0.25) => {
  const each = side * side * channels;
  return Value.of(
    Array.from({ length: count * each }, (_, i) => first + step * Math.floor(i / each)),
    [count, side, side, channels],
  );
};

describe('imageRows', () => {
  it('sets what belongs together side by side', () => {
    const [a, b, c] = [filled(4, 2, 1), filled(4, 2, 1, 0), filled(4, 2, 1, 0.1)];
    const cell = (from: Value, row: number) => [...from.data.subarray(4 * row, 4 * row + 4)];
    const expected = Value.of(
      [0, 1, 2, 3].flatMap((row) => [a, b, c].flatMap((group) => cell(group, row))),
      [12, 2, 2, 1],
    );
    // Two groups of three in a row.
    expect(imageRows([a, b, c])).toEqual(imageGrid(expected, 6));
  });

  it('keeps pictures that are wider than they are high', () => {
    const wide = Value.of([-1, -0.5, 0, 0.25, 0.5, 1], [1, 2, 3, 1]);
    expect(imageRows([wide])).toEqual(imageGrid(wide, 1));
  });

  it('shows greys beside colours as greys, and enlarges the smaller ones', () => {
    const grey = Value.of([0.5], [1, 1, 1, 1]);
    const colour = filled(1, 2, 3, 0.5);
    expect(imageRows([grey, colour])).toEqual(imageRows([colour, colour]));
  });

  it.each([
    [[], 'none'],
    [[filled(1, 2, 1), filled(2, 2, 1)], '[1,2,2,1], [2,2,2,1]'],
  ])('refuses groups of several counts (%#)', (groups, got) => {
    expect(() => imageRows(groups)).toThrow(
      new RangeError(`imageRows: expected groups of one count, got ${got}`),
    );
  });
});
