import { expect, it } from 'vitest';
import { rowsOf } from '../../../src/rl/deep/rows-of.ts';

it('takes rows in the order that is asked for', () => {
  expect(rowsOf(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 0], 2)).toEqual(Float32Array.of(5, 6, 1, 2));
  expect(rowsOf(Int32Array.of(7, 8, 9), [1, 1], 1)).toEqual(Int32Array.of(8, 8));
});
