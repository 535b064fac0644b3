import { expect, it } from 'vitest';
import { chooseRows, Value } from '../../src/engine/index.ts';

it('takes rows of a tensor by number, in any order and as often as asked', () => {
  const value = new Value('int32', [3, 2, 1], Int32Array.of(1, 2, 3, 4, 5, 6));
  const chosen = chooseRows(value, 4, (i) => [2, 0, 2, 1][i]!);
  expect([chosen.dtype, ...chosen.shape]).toEqual(['int32', 4, 2, 1]);
  expect([...chosen.data]).toEqual([5, 6, 1, 2, 5, 6, 3, 4]);
});
