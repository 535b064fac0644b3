import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { historyDraws, imageHistory } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

/**
 * Shows a replay of `size` numbers batches with their draws (coin and place), one after the other.
 */
function shown(size: number, name: (typeof bothNames)[number]) {
  const layer = imageHistory(size);
  let { buffers } = layer.init(keyOf(1), [1], { condition: 2 });
  return (batch: number[], draws: [number, number][], training = true) => {
    const run = compute(
      { buffers, x: Value.of(batch, [batch.length, 1]), draws: Value.of(draws.flat(), [batch.length, 2]) },
      ({ buffers, x, draws }) =>
        layer.apply({ weights: {}, buffers: buffers as never as Tree<Tensor> }, x, training, draws),
      both[name],
    ) as unknown as { y: Value; buffers: Tree<Value> };
    buffers = run.buffers;
    return Array.from(run.y.data);
  };
}

const never: [number, number] = [0, 0];

describe.each(bothNames)('a history of four on %s', (name) => {
  it('returns the first four as they are, also by a coin of 1, and then by the coin', () => {
    const show = shown(4, name);
    expect(
      show(
        [10, 11],
        [
          [1, 0],
          [1, 1],
        ],
      ),
    ).toEqual([10, 11]);
    expect(show([12, 13], [never, never])).toEqual([12, 13]);
    // Full: coin 0 gives the newest, and it is not stored.
    expect(
      show(
        [14, 15],
        [
          [0.4, 2],
          [0, 3],
        ],
      ),
    ).toEqual([14, 15]);
    // Coin 1: what was put at the places 2 and 0, which the newest take.
    expect(
      show(
        [16, 17],
        [
          [1, 2],
          [0.5, 0],
        ],
      ),
    ).toEqual([12, 10]);
    expect(
      show(
        [18, 19],
        [
          [1, 0],
          [1, 2],
        ],
      ),
    ).toEqual([17, 16]);
    expect(
      show(
        [20, 21],
        [
          [1, 1],
          [1, 3],
        ],
      ),
    ).toEqual([11, 13]);
  });

  it('stores a batch as far as there is room', () => {
    const show = shown(4, name);
    show([1, 2, 3], [never, never, never]);
    expect(
      show(
        [4, 5, 6],
        [
          [1, 0],
          [1, 1],
          [1, 2],
        ],
      ),
    ).toEqual([4, 5, 6]);
    expect(
      show(
        [7, 8],
        [
          [1, 3],
          [1, 0],
        ],
      ),
    ).toEqual([4, 1]);
  });

  it('shows the newest and stores nothing where it does not train', () => {
    const show = shown(2, name);
    show([1, 2], [never, never]);
    expect(
      show(
        [3, 4],
        [
          [1, 0],
          [1, 1],
        ],
        false,
      ),
    ).toEqual([3, 4]);
    expect(
      show(
        [5, 6],
        [
          [1, 0],
          [1, 1],
        ],
      ),
    ).toEqual([1, 2]);
  });
});

it('draws coins in [0, 1) and different places, by key', () => {
  const drawn = (size: number, at: 0 | 1) => {
    const { data } = historyDraws(size, 16, keyOf(3));
    return Array.from({ length: 16 }, (_, i) => data[2 * i + at]!);
  };
  expect(drawn(50, 1)).toEqual(drawn(50, 1));
  expect(new Set(drawn(50, 1)).size).toBe(16);
  expect(drawn(50, 1).every((place) => Number.isInteger(place) && place >= 0 && place < 50)).toBe(true);
  // A batch that is as large as the history is put everywhere.
  expect(drawn(16, 1).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i));
  const coins = drawn(16, 0);
  expect(coins.every((coin) => coin > 0 && coin < 1)).toBe(true);
  expect(new Set(coins.map((coin) => coin < 0.5)).size).toBe(2);
});

it('refuses batches that are larger than it', () => {
  expect(() => shown(2, 'cpu')([1, 2, 3], [never, never, never])).toThrow(
    'imageHistory: expected batches of at most 2 examples, got 3',
  );
  expect(() => historyDraws(2, 3, keyOf(1))).toThrow(
    'historyDraws: count: expected a whole number from 1 to 2, got 3',
  );
});
