import { expect, it } from 'vitest';
import { explainedVariance } from '../../../src/rl/index.ts';

it.each([
  ['perfect estimates', [1, 2, 3], 1],
  ['estimates that are off by a constant', [6, 7, 8], 1],
  ['a constant', [2, 2, 2], 0],
  ['the opposite', [3, 2, 1], -3],
])('is, for %s, %j: %d', (_, values, expected) => {
  expect(explainedVariance([1, 2, 3], values)).toBe(expected);
});

it('is 0 where the returns are all alike', () => {
  expect(explainedVariance([5, 5], [1, 9])).toBe(0);
});

it('refuses an estimate too few', () => {
  expect(() => explainedVariance([1, 2], [1])).toThrow(
    'explainedVariance: expected returns, values of one length, got 2, 1',
  );
});
