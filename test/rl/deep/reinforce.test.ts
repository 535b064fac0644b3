import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, type Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import {
  categoricalPolicy,
  type ReinforceOptions,
  type RolloutWithValues,
  reinforce,
} from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { leafOf, linear, runOn } from './support.ts';

const options: ReinforceOptions<number> = {
  observation: 1,
  policy: categoricalPolicy(2),
  network: { hidden: [], activation: 'tanh' },
  optimizer: sgd({ rate: 0.1 }),
  longest: 3,
  gamma: 0.5,
  maxGradNorm: 100,
};

/** One environment, whose episode terminates at its second step; the third row is empty. */
const rollout: RolloutWithValues = {
  numEnvs: 1,
  before: Float32Array.of(1, 1, 0),
  actions: Int32Array.of(1, 0, 0),
  rewards: Float32Array.of(1, 4, 0),
  discounts: Float32Array.of(1, 0, 0),
  continues: Float32Array.of(1, 0, 0),
  after: Float32Array.of(1, 1, 0),
  episodes: [{ return: 5, length: 2 }],
  logProbabilities: Float32Array.of(0, 0, 0),
  valuesBefore: Float32Array.of(1, 1, 0),
  valuesAfter: Float32Array.of(1, 0, 0),
};
const state: Tree<Value> = {
  weights: { policy: linear([[0, 0]], [0, 0]), value: linear([[1]], [0]), own: {} },
  optimizer: {},
};

describe('a step of REINFORCE', () => {
  const step = reinforce(options).learn(rollout, { index: 0, key: keyOf(1) });
  const asked = step.next().value as { program: never; inputs: Record<string, Value> };

  it('goes by what followed, less what the baseline expected', () => {
    expectClose(asked.inputs.returns!, [1 + 0.5 * 4, 4, 0]);
    expectClose(asked.inputs.advantage!, [2, 3, 0]);
  });

  it('counts every step of the episode alike and empty rows not at all', () => {
    expectClose(asked.inputs.share!, [0.5, 0.5, 0]);
    const { outputs, state: after } = runOn(state, asked);
    expect((outputs.policyLoss as Value).data[0]).toBeCloseTo(2.5 * Math.LN2, 6);
    expect((outputs.valueLoss as Value).data[0]).toBeCloseTo((2 ** 2 + 3 ** 2) / 4, 6);
    expect((outputs.entropy as Value).data[0]).toBeCloseTo(Math.LN2, 6);
    // Action 1 pulls with 2 / 2, action 0 with 3 / 2, each by half.
    expectClose(leafOf(after, 'weights/policy/0/bias'), [0.025, -0.025]);
    expectClose(leafOf(after, 'weights/value/0/kernel'), [1 + 0.1 * 0.5 * 2.5]);
    expect(step.next(outputs).value).toMatchObject({ return: 5, length: 2 });
  });
});

it.each([
  [{ longest: 0 }, 'reinforce: longest: expected a whole number from 1, got 0'],
  [{ gamma: 2 }, 'reinforce: gamma: expected a finite number from 0 to 1, got 2'],
  [{ vfCoef: -1 }, 'reinforce: vfCoef: expected a finite number from 0, got -1'],
])('refuses %j', (wrong, message) => {
  expect(() => reinforce({ ...options, ...wrong })).toThrow(new RangeError(message));
});
