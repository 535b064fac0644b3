import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { ActorCritic } from '../../../src/rl/deep/actor-critic.ts';
import { categoricalPolicy, gaussianPolicy } from '../../../src/rl/index.ts';
import { compute, expectClose } from '../../models/support.ts';
import { linear, runOn } from './support.ts';

const network = { hidden: [3], activation: 'tanh' } as const;
const parts = new ActorCritic({ observation: 2, policy: categoricalPolicy(2), network });

describe('an actor and a critic', () => {
  it('have a network each, and the weights of the policy beside', () => {
    const gaussian = gaussianPolicy({ low: [-1], high: [1] }, -0.5);
    const paths = flattenTree(new ActorCritic({ observation: 2, policy: gaussian, network }).init(keyOf(1)));
    expect([...paths].map(([path, { shape }]) => [path, shape])).toEqual([
      ['policy/0/kernel', [2, 3]],
      ['policy/0/bias', [3]],
      ['policy/2/kernel', [3, 1]],
      ['policy/2/bias', [1]],
      ['value/0/kernel', [2, 3]],
      ['value/0/bias', [3]],
      ['value/2/kernel', [3, 1]],
      ['value/2/bias', [1]],
      ['own/logDeviation', [1]],
    ]);
    expect(paths.get('own/logDeviation')).toEqual(Value.of([-0.5]));
  });

  it('do not begin with the same weights', () => {
    const weights = flattenTree(parts.init(keyOf(1)));
    expect(weights.get('policy/0/kernel')).not.toEqual(weights.get('value/0/kernel'));
  });

  it('give what the policy is made of, and one estimate for a state', () => {
    const plain = new ActorCritic({
      observation: 1,
      policy: categoricalPolicy(2),
      network: { hidden: [], activation: 'tanh' },
    });
    const weights = { policy: linear([[1, 2]], [0, 0]), value: linear([[10]], [1]), own: {} };
    const { outputs, value } = compute({ weights, x: Value.of([1, 2], [2, 1]) } as never, (given) => {
      const { weights, x } = given as never as { weights: never; x: never };
      return { ...plain.apply(weights, x) };
    }) as unknown as { outputs: Value; value: Value };
    expectClose(outputs, Value.of([1, 2, 2, 4], [2, 2]));
    expectClose(value, Value.of([11, 21]));
  });

  it('tell their weights and leave the state as it is', () => {
    const weights = parts.init(keyOf(1));
    const told = runOn({ weights }, { program: parts.acting('test'), inputs: {} });
    expect(flattenTree(told.outputs)).toEqual(flattenTree(weights));
    expect(told.state).toEqual({ weights });
  });

  it('act on the host by the same weights', () => {
    const { policy, value } = parts.host();
    const weights = parts.init(keyOf(1));
    policy.load(weights.policy as Tree<Value>);
    value.load(weights.value as Tree<Value>);
    expect(policy.run([1, 2])).toHaveLength(2);
    expect(value.run([1, 2])).toHaveLength(1);
    expect(value.run([1, 2])[0]).not.toBe(0);
  });

  it('refuse observations of no numbers', () => {
    expect(() => new ActorCritic({ observation: 0, policy: categoricalPolicy(2), network })).toThrow(
      'observation: expected a whole number from 1, got 0',
    );
  });
});
