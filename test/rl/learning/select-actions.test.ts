import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { selectActions } from '../../../src/rl/learning/select-actions.ts';
import { compute } from '../../models/support.ts';

const values = Value.of([1, 2, 3, 4, 5, 6], [2, 3]);
const actions = (...of: number[]) => new Value('int32', [of.length], Int32Array.from(of));

it('takes the number of each row that its action points at', () => {
  const { y } = compute({ values, action: actions(2, 0) }, ({ values, action }) => ({
    y: selectActions(values, action),
  }));
  expect(y).toEqual(Value.of([3, 4]));
});

it('refuses another number of actions than rows', () => {
  expect(() =>
    compute({ values, action: actions(2, 0, 1) }, ({ values, action }) => ({
      y: selectActions(values, action),
    })),
  ).toThrow('chosen: expected values [count,actions] and action [count], got [2,3], [3]');
});
