import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, type Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import { ReplayMemory, type Td3Options, td3 } from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { experience, updateOf } from './off-policy-update.ts';
import { leafOf, linear } from './support.ts';

const options: Td3Options = {
  observation: 1,
  action: { low: [-2], high: [2] },
  network: { hidden: [], activation: 'relu' },
  optimizer: sgd({ rate: 0.1 }),
  gamma: 0.5,
  rolloutSteps: 1,
  updates: 1,
  batch: 1,
  targetDecay: 0.75,
  policyDelay: 2,
};

/** Rows of a critic's kernel: the observation, the action. */
const critics = (first: number[], second: number[]) => ({
  first: linear([[first[0]!], [first[1]!]], [0]),
  second: linear([[second[0]!], [second[1]!]], [0]),
});

const state: Tree<Value> = {
  policy: linear([[0]], [0]),
  critics: critics([1, 2], [0, 0]),
  target: { policy: linear([[0.25]], [0]), critics: critics([3, 1], [0, 1]) },
  optimizer: { policy: {}, critics: {} },
};

/** The noise of the target policy is 5 deviations of 0.2, which is cut to 0.5. */
const step = (changed: Partial<Td3Options> = {}, index = 1, given = experience()) =>
  updateOf(td3({ ...options, ...changed }), state, { index, given, noiseAfter: 5 });

// The target critics have 6 + a and a at (2, a) for the smoothed action a.
const smoothed = Math.tanh(0.5) + 0.5;
const target = 1 + 0.5 * smoothed;
/** Of critics that have 2 and 0 at (1, 0.5). */
const [first, second] = [target - 2, target];

describe('an update of a twin delayed deep deterministic policy gradient', () => {
  it('moves the critics towards the smaller estimate of the smoothed target action', () => {
    const { after, values } = step();
    expect(values.valueLoss).toBeCloseTo((first ** 2 + second ** 2) / 2, 5);
    expect(values.tdError).toBeCloseTo((Math.abs(first) + Math.abs(second)) / 2, 5);
    expectClose(leafOf(after, 'critics/first/0/kernel'), [1 + 0.1 * first, 2 + 0.05 * first], 1e-5);
    expectClose(leafOf(after, 'critics/second/0/kernel'), [0.1 * second, 0.05 * second], 1e-5);
  });

  it('takes the reward alone where the episode terminated', () => {
    expect(step({}, 1, experience(0)).values.valueLoss).toBeCloseTo(1, 5);
  });

  it('moves the policy up the new first critic', () => {
    const { after, values } = step();
    // The action is tanh(0) = 0, whose slope is 1.
    expect(values.policyLoss).toBeCloseTo(-(1 + 0.2 * first), 5);
    const up = 0.1 * (2 + 0.05 * first);
    expectClose(leafOf(after, 'policy/0/kernel'), [up], 1e-5);
    expectClose(leafOf(after, 'policy/0/bias'), [up], 1e-5);
    expectClose(leafOf(after, 'target/policy/0/kernel'), [0.25 + 0.25 * (up - 0.25)], 1e-5);
    const kernel = [3 + 0.25 * (1 + 0.1 * first - 3), 1 + 0.25 * (2 + 0.05 * first - 1)];
    expectClose(leafOf(after, 'target/critics/first/0/kernel'), kernel, 1e-5);
  });

  it('leaves policy and target networks alone in all but every policyDelay-th update', () => {
    const moves = [0, 1, 2, 3].map((index) => {
      const { after, values } = step({}, index);
      expect(after.critics).not.toEqual(state.critics);
      expect('policyLoss' in values).toBe(after.policy !== state.policy && index % 2 === 1);
      return [after.policy, after.target].map(
        (part, i) => JSON.stringify(part) !== JSON.stringify([state.policy, state.target][i]),
      );
    });
    expect(moves).toEqual([
      [false, false],
      [true, true],
      [false, false],
      [true, true],
    ]);
  });

  it('tells the memory the mean error of both critics', () => {
    const given = experience(1, true);
    step({}, 1, given);
    const priority = ((Math.abs(first) + second) / 2 + 1e-6) ** 0.6;
    expectClose(given.memory.save().priorities as Value, [priority, 0, 0, 0], 1e-5);
  });
});

describe('a twin delayed deep deterministic policy gradient', () => {
  it('begins with target networks that equal the networks', () => {
    const { policy, critics, target } = td3(options).init(keyOf(1)) as Record<string, Tree<Value>>;
    expect(target).toEqual({ policy, critics });
  });

  it('refuses a memory of other actions', () => {
    const { rollout } = experience();
    const memory = new ReplayMemory({ capacity: 2, observation: 1 });
    memory.add({ ...rollout, actions: Int32Array.of(0) });
    expect(() => step({}, 1, { memory, rollout })).toThrow(
      new RangeError('td3: expected a memory with action 1, got one with 0'),
    );
  });

  it.each([
    [{ policyDelay: 0 }, 'td3: policyDelay: expected a whole number from 1, got 0'],
    [{ noiseClip: -1 }, 'td3: noiseClip: expected a finite number from 0, got -1'],
    [{ gamma: 2 }, 'td3: gamma: expected a finite number from 0 to 1, got 2'],
  ])('refuses %j', (wrong, message) => {
    expect(() => td3({ ...options, ...wrong })).toThrow(new RangeError(message));
  });
});
