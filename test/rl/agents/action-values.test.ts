import { expect, it } from 'vitest';
import { bestAction, bestValue } from '../../../src/rl/index.ts';

const rows = Float32Array.of(5, 5, 4, -3, -1, -2);

it('finds the best of a row, and the first of equals', () => {
  expect([bestAction(rows, 0, 3), bestAction(rows, 3, 3)]).toEqual([0, 1]);
  expect([bestValue(rows, 0, 3), bestValue(rows, 3, 3)]).toEqual([5, -1]);
});
