import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, type Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import { type DqnOptions, dqn, ReplayMemory, type Rollout } from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { leafOf, linear, runOn } from './support.ts';

const options: DqnOptions = {
  observation: 1,
  actions: 2,
  network: { hidden: [], activation: 'relu' },
  optimizer: sgd({ rate: 0.1 }),
  gamma: 0.5,
  rolloutSteps: 1,
  updates: 1,
  batch: 1,
  epsilon: 0.25,
  targetPeriod: 1,
};

/** Where the online network has the values x and 2x, the target network 3x and x. */
const state: Tree<Value> = {
  online: linear([[1, 2]], [0, 0]),
  target: linear([[3, 1]], [0, 0]),
  optimizer: {},
};

/** At 1, action 0 earned 1 and led to 2. */
function experience(discount = 1, priority = false) {
  const memory = new ReplayMemory({ capacity: 4, observation: 1, ...(priority && { priority: {} }) });
  const transitions = {
    before: Float32Array.of(1),
    actions: Int32Array.of(0),
    rewards: Float32Array.of(1),
    discounts: Float32Array.of(discount),
    after: Float32Array.of(2),
  };
  memory.add(transitions);
  const rollout: Rollout = { ...transitions, numEnvs: 1, continues: Float32Array.of(1), episodes: [] };
  return { memory, rollout };
}

/**
 * A step of one update: what that update tells, the state after the step, and what the step tells.
 */
function step(changed: Partial<DqnOptions> = {}, given = experience(), index = 0) {
  const works = dqn({ ...options, ...changed }).learn(given, { index, key: keyOf(1) });
  let [asked, outputs, after] = [works.next(), undefined as Tree<Value> | undefined, state];
  while (!asked.done) {
    const ran = runOn(after, asked.value);
    after = ran.state;
    outputs ??= ran.outputs;
    asked = works.next(ran.outputs);
  }
  return { outputs, after, values: asked.value };
}

describe('an update of a deep Q-network', () => {
  it('goes for what the target network thinks of the action that the online network would take', () => {
    // The online network has 2 and 4 at 2, the target network 6 and 2: the target is 1 + 0.5 * 2,
    // the value was 1.
    const { outputs, after, values } = step();
    expectClose(outputs!.errors as Value, [1]);
    expect(values).toEqual({ loss: 0.5, tdError: 1, qMean: 1, epsilon: 0.25, replaySize: 1 });
    expectClose(leafOf(after, 'online/0/kernel'), [1.1, 2]);
    expectClose(leafOf(after, 'online/0/bias'), [0.1, 0]);
  });

  it('goes for the best that the target network thinks of without double Q-learning', () => {
    // 1 + 0.5 * 6 against 1: an error of 3, whose loss is 2.5.
    expect(step({ double: false }).values).toMatchObject({ loss: 2.5, tdError: 3 });
  });

  it('takes the reward alone where the episode terminated', () => {
    expect(step({}, experience(0)).values).toMatchObject({ loss: 0, tdError: 0 });
  });

  it('has a square loss as far as it is told', () => {
    const { values, after } = step({ double: false, huber: 10 });
    expect(values).toMatchObject({ loss: 4.5 });
    expectClose(leafOf(after, 'online/0/kernel'), [1.3, 2]);
  });

  it('shortens a gradient that is too long', () => {
    // Its two numbers are -3 and -3.
    const { after } = step({ double: false, huber: 10, maxGradNorm: Math.SQRT2 });
    expectClose(leafOf(after, 'online/0/kernel'), [1.1, 2]);
  });

  it('copies the online network into the target network when that is due, and not a bit before', () => {
    const { after } = step({ targetPeriod: 1 });
    expect(after.target).toEqual(after.online);
    expect(step({ targetPeriod: 2 }).after.target).toEqual(state.target);
    const second = step({ targetPeriod: 2 }, experience(), 1).after;
    expect(second.target).toEqual(second.online);
  });

  it('averages the target network by targetDecay at each update', () => {
    const { after } = step({ targetPeriod: undefined, targetDecay: 0.75 } as never);
    expectClose(leafOf(after, 'target/0/kernel'), [3 - 0.25 * 1.9, 1.25]);
  });

  it('tells the memory the errors', () => {
    const given = experience(1, true);
    step({ double: false }, given);
    expectClose(given.memory.save().priorities as Value, [(3 + 1e-6) ** 0.6, 0, 0, 0]);
  });

  it('does not happen while the memory fills', () => {
    expect(step({ warmup: 1 })).toMatchObject({ after: state, values: { epsilon: 0.25, replaySize: 1 } });
    expect(step({ warmup: 1 }).outputs).toBeUndefined();
  });
});

describe('a deep Q-network', () => {
  it('begins with equal networks', () => {
    const { online, target } = dqn({ ...options, network: { hidden: [4], activation: 'relu' } }).init(
      keyOf(1),
    );
    expect(target).toEqual(online);
  });

  it.each([
    [{ actions: 1 }, 'dqn: actions: expected a whole number from 2, got 1'],
    [{ updates: 0 }, 'dqn: updates: expected a whole number from 1, got 0'],
    [{ gamma: 1.5 }, 'dqn: gamma: expected a finite number from 0 to 1, got 1.5'],
    [{ targetPeriod: 0 }, 'dqn: targetPeriod: expected a whole number from 1, got 0'],
    [
      { targetPeriod: undefined, targetDecay: 1.5 },
      'dqn: targetDecay: expected a finite number from 0 to 1, got 1.5',
    ],
    [{ targetDecay: 0.5 }, 'dqn: expected one of targetPeriod and targetDecay, got both'],
    [{ targetPeriod: undefined }, 'dqn: expected one of targetPeriod and targetDecay, got neither'],
  ])('refuses %j', (wrong, message) => {
    expect(() => dqn({ ...options, ...wrong } as never)).toThrow(new RangeError(message));
  });
});
