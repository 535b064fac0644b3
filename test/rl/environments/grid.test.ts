import { expect, it } from 'vitest';
import { moveOn } from '../../../src/rl/environments/grid.ts';

it('moves to the neighbour, and not beyond the edge', () => {
  expect(moveOn(3, 4, 5, [1, 0])).toBe(9);
  expect(moveOn(3, 4, 5, [0, -1])).toBe(4);
  expect(moveOn(3, 4, 4, [0, -1])).toBe(4);
  expect(moveOn(3, 4, 3, [0, 1])).toBe(3);
  expect(moveOn(3, 4, 2, [-1, 0])).toBe(2);
  expect(moveOn(3, 4, 11, [1, 0])).toBe(11);
});
