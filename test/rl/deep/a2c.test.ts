import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, type Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import { type A2cOptions, a2c, categoricalPolicy, type RolloutWithValues } from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { leafOf, linear, runOn } from './support.ts';

const options: A2cOptions<number> = {
  observation: 1,
  policy: categoricalPolicy(2),
  network: { hidden: [], activation: 'tanh' },
  optimizer: sgd({ rate: 0.1 }),
  rolloutSteps: 2,
  gamma: 0.5,
  entCoef: 0,
  maxGradNorm: 100,
};

/** Two steps that go on, the first good and the second bad. */
const rollout: RolloutWithValues = {
  numEnvs: 1,
  before: Float32Array.of(1, 1),
  actions: Int32Array.of(1, 0),
  rewards: Float32Array.of(2, -1),
  discounts: Float32Array.of(1, 1),
  continues: Float32Array.of(1, 1),
  after: Float32Array.of(1, 1),
  episodes: [],
  logProbabilities: Float32Array.of(0, 0),
  valuesBefore: Float32Array.of(1, 1),
  valuesAfter: Float32Array.of(1, 4),
};
const state: Tree<Value> = {
  weights: { policy: linear([[0, 0]], [0, 0]), value: linear([[1]], [0]), own: {} },
  optimizer: {},
};

describe('a step of an advantage actor-critic', () => {
  const step = a2c(options).learn(rollout, { index: 0, key: keyOf(1) });
  const asked = step.next().value as { program: never; inputs: Record<string, Value> };

  it('goes by returns that bootstrap where the rollout ends', () => {
    // -1 + 0.5 * 4, and 2 + 0.5 * that.
    expectClose(asked.inputs.returns!, [2.5, 1]);
    expectClose(asked.inputs.advantage!, [1.5, 0]);
  });

  it('is one update: the good action becomes more likely, the estimate better', () => {
    const { outputs, state: after } = runOn(state, asked);
    // -(ln 1/2 * 1.5 + 0) / 2, and half the mean of 1.5^2 and 0.
    expect((outputs.policyLoss as Value).data[0]).toBeCloseTo(0.75 * Math.LN2, 6);
    expect((outputs.valueLoss as Value).data[0]).toBeCloseTo(0.5625, 6);
    expectClose(leafOf(after, 'weights/policy/0/bias'), [-0.0375, 0.0375]);
    expectClose(leafOf(after, 'weights/value/0/kernel'), [1 + 0.1 * 0.5 * 0.75]);
    const told = step.next(outputs);
    expect(told.done).toBe(true);
    expect(told.value).toMatchObject({ explainedVariance: 0 });
    expect(told.value).not.toHaveProperty('return');
  });
});

it.each([
  [{ rolloutSteps: 0 }, 'a2c: rolloutSteps: expected a whole number from 1, got 0'],
  [{ gamma: 2 }, 'a2c: gamma: expected a finite number from 0 to 1, got 2'],
  [{ entCoef: -1 }, 'a2c: entCoef: expected a finite number from 0, got -1'],
])('refuses %j', (wrong, message) => {
  expect(() => a2c({ ...options, ...wrong })).toThrow(new RangeError(message));
});
