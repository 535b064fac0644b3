import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { episodeValues, scalars } from '../../../src/rl/deep/rollout.ts';

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
