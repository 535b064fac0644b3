import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { Means } from '../../../src/rl/deep/means.ts';
import { episodeValues, scalars } from '../../../src/rl/deep/rollout.ts';
import { rowsOf } from '../../../src/rl/deep/rows-of.ts';

it('tells the means of the episodes, and nothing where none has ended', () => {
  const episodes = [
    { return: 3, length: 10 },
    { return: -1, length: 20 },
  ];
  expect(episodeValues(episodes)).toEqual({ return: 1, length: 15 });
  expect(episodeValues([])).toEqual({});
});

it('takes the scalars among outputs', () => {
  expect(scalars({ loss: Value.scalar(2), errors: Value.of([1, 2]) })).toEqual({ loss: 2 });
});

it('takes rows in the order that is asked for', () => {
  expect(rowsOf(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 0], 2)).toEqual(Float32Array.of(5, 6, 1, 2));
  expect(rowsOf(Int32Array.of(7, 8, 9), [1, 1], 1)).toEqual(Int32Array.of(8, 8));
});

it('takes the means of scalars and leaves lists alone', () => {
  const means = new Means();
  expect(means.values).toEqual({});
  means.add({ loss: Value.scalar(1), errors: Value.of([9]) });
  means.add({ loss: Value.scalar(4), errors: Value.of([9]) });
  expect(means.values).toEqual({ loss: 2.5 });
});
