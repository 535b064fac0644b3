import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { duelingValues } from '../../../src/rl/index.ts';
import { compute, expectClose } from '../../models/support.ts';

it('puts the value where the mean advantage was', () => {
  const { q } = compute(
    { value: Value.of([10, -1], [2, 1]), advantage: Value.of([1, 3, 5, 2, 2, 2], [2, 3]) },
    ({ value, advantage }) => ({ q: duelingValues(value, advantage) }),
  );
  expectClose(q, [8, 10, 12, -1, -1, -1]);
});

it('refuses a value that is not one for a state', () => {
  const advantage = Value.filled([2, 3], 0);
  expect(() =>
    compute({ value: Value.of([1, 2]), advantage }, ({ value, advantage }) => ({
      y: duelingValues(value, advantage),
    })),
  ).toThrow('duelingValues: expected value [count,1] and advantage [count,actions], got [2], [2,3]');
});
