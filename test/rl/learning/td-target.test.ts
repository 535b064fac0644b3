import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { doubleQTarget, qTarget, tdTarget } from '../../../src/rl/index.ts';
import { compute, engineNames, engines, expectClose } from '../../models/support.ts';

describe.each(engineNames)('the targets on %s', (name) => {
  it('bootstrap where the episode goes on and where it was truncated, not where it terminated', () => {
    const [goesOn, terminated, truncated] = [0.9, 0, 0.9];
    const given = {
      reward: Value.of([1, 1, -1]),
      discount: Value.of([goesOn, terminated, truncated]),
      valueAfter: Value.of([10, 10, 20]),
    };
    const { target } = compute(
      given,
      ({ reward, discount, valueAfter }) => ({ target: tdTarget(reward, discount, valueAfter) }),
      engines[name],
    );
    expectClose(target, [10, 1, 17]);
  });

  const step = { reward: Value.of([0, 1]), discount: Value.of([0.5, 0.5]) };
  const qAfter = Value.of([1, 3, 5, 2], [2, 2]);

  it('of Q-learning take the best action after the step', () => {
    const { target } = compute(
      { ...step, qAfter },
      ({ reward, discount, qAfter }) => ({ target: qTarget(reward, discount, qAfter) }),
      engines[name],
    );
    expectClose(target, [1.5, 3.5]);
  });

  it('of double Q-learning let one network choose and the other value', () => {
    const { target } = compute(
      { ...step, qAfter, choosing: Value.of([2, 1, 0, 1], [2, 2]) },
      ({ reward, discount, qAfter, choosing }) => ({
        target: doubleQTarget(reward, discount, qAfter, choosing),
      }),
      engines[name],
    );
    expectClose(target, [0.5, 2]);
  });
});

describe('the targets', () => {
  it('refuse numbers of steps that differ', () => {
    const two = Value.of([1, 2]);
    expect(() =>
      compute({ two, three: Value.of([1, 2, 3]) }, ({ two, three }) => ({ y: tdTarget(two, two, three) })),
    ).toThrow(
      new RangeError(
        'tdTarget: expected reward, discount, valueAfter of one shape of rank 1, got [2], [2], [3]',
      ),
    );
    expect(() =>
      compute({ two, four: Value.filled([2, 2], 0), six: Value.filled([2, 3], 0) }, ({ two, four, six }) => ({
        y: doubleQTarget(two, two, four, six),
      })),
    ).toThrow('doubleQTarget: expected qAfter, choosing of one shape of rank 2, got [2,2], [2,3]');
  });
});
