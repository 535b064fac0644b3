import { expect, it } from 'vitest';
import { conv2d, dense, mlpCritic } from '../../../src/models/index.ts';
import { oneScore } from '../../../src/models/systems/one-score.ts';

it('gives what the critic starts with, and refuses one of another number of scores', () => {
  expect(oneScore('gan', mlpCritic({ width: 4 }), [2])).toMatchObject({
    shape: [1],
    taps: { features: [4] },
  });
  expect(oneScore('gan', conv2d(1), [8, 8, 3]).shape).toEqual([4, 4, 1]);
  expect(() => oneScore('gan', dense(2), [2])).toThrow(
    new RangeError('gan: critic: expected one score for an example, [1], got [2]'),
  );
});
