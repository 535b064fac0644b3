import { expect, it } from 'vitest';
import { argMax } from '../../../src/rl/deep/arg-max.ts';

it.each([
  [[3, 1, 2], 0],
  [[1, 3, 2], 1],
  [[-3, -2, -1], 2],
  [[1, 5, 5], 1],
])('of %j is %i, the first of equals', (numbers, place) => {
  expect(argMax(numbers)).toBe(place);
});
