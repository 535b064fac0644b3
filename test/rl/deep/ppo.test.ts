import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { adam } from '../../../src/models/index.ts';
import { categoricalPolicy, type PpoOptions, ppo, type RolloutWithValues } from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { linear, runOn } from './support.ts';

const options: PpoOptions<number> = {
  observation: 1,
  policy: categoricalPolicy(2),
  network: { hidden: [], activation: 'tanh' },
  optimizer: adam({ rate: (index) => 0.1 / (index + 1) }),
  rolloutSteps: 2,
  gamma: 0.5,
  lambda: 0.5,
};

/** Two steps, the second of which terminates; the critic was right about neither. */
const rollout: RolloutWithValues = {
  numEnvs: 1,
  before: Float32Array.of(1, 2),
  actions: Int32Array.of(1, 0),
  rewards: Float32Array.of(1, 3),
  discounts: Float32Array.of(1, 0),
  continues: Float32Array.of(1, 0),
  after: Float32Array.of(2, 3),
  episodes: [{ return: 4, length: 2 }],
  logProbabilities: Float32Array.of(Math.log(0.5), Math.log(0.5)),
  valuesBefore: Float32Array.of(0, 1),
  valuesAfter: Float32Array.of(1, 0),
};

const batch = { rollout, minibatches: () => [Uint32Array.of(0, 1), Uint32Array.of(1)] };
const works = (changed: Partial<PpoOptions<number>> = {}, index = 1) =>
  ppo({ ...options, ...changed }).learn(batch, { index, key: keyOf(1) });

describe('a step of proximal policy optimisation', () => {
  it('gives each minibatch its rows, with advantages and returns of the whole rollout', () => {
    const { inputs } = works().next().value as { inputs: Record<string, Value> };
    // Errors 1 + 0.5 - 0 and 3 - 1; the first counts a quarter of the second besides.
    const advantages = [1.5 + 0.25 * 2, 2];
    expectClose(inputs.returns!, [advantages[0]! + 0, advantages[1]! + 1]);
    // Both are alike, so that less their mean they are nothing.
    expectClose(inputs.advantage!, [0, 0]);
    expectClose(inputs.before!, Value.of([1, 2], [2, 1]));
    expect([...inputs.action!.data]).toEqual([1, 0]);
    expectClose(inputs.rate!, [0.05]);
    expectClose(inputs.clip!, [0.2]);
  });

  it('takes the clip of the step', () => {
    const { inputs } = works({ clip: (index) => index / 10 }, 3).next().value as { inputs: Tree<Value> };
    expectClose(inputs.clip as Value, [0.3]);
  });

  it('tells means over its updates, how well the estimates explain, and its episodes', () => {
    const step = works();
    let asked = step.next();
    let state: Tree<Value> = {
      weights: { policy: linear([[0, 0]], [0, 0]), value: linear([[0]], [0]), own: {} },
      optimizer: options.optimizer.init({ policy: linear([[0, 0]], [0, 0]), value: linear([[0]], [0]) }),
    };
    const losses: number[] = [];
    while (!asked.done) {
      const ran = runOn(state, asked.value);
      state = ran.state;
      losses.push((ran.outputs.loss as Value).data[0]!);
      asked = step.next(ran.outputs);
    }
    const { value } = asked;
    expect(losses).toHaveLength(2);
    expect(value.loss).toBeCloseTo((losses[0]! + losses[1]!) / 2, 6);
    expect(Object.keys(value).sort()).toEqual([
      'approxKl',
      'clipFraction',
      'entropy',
      'explainedVariance',
      'length',
      'loss',
      'policyLoss',
      'return',
      'valueLoss',
    ]);
    // Goals 2 and 3, estimates 0 and 1: off by the same.
    expect(value).toMatchObject({ explainedVariance: 1, return: 4, length: 2 });
  });
});

describe('proximal policy optimisation', () => {
  it('begins nearly indifferent', () => {
    const method = ppo({ ...options, network: { hidden: [8], activation: 'tanh' } });
    const last = flattenTree(method.init(keyOf(1))).get('weights/policy/2/kernel')!;
    expect(Math.max(...last.data.map(Math.abs))).toBeLessThan(0.011);
  });

  it.each([
    [{ rolloutSteps: 0 }, 'ppo: rolloutSteps: expected a whole number from 1, got 0'],
    [{ gamma: -1 }, 'ppo: gamma: expected a finite number from 0 to 1, got -1'],
    [{ lambda: 2 }, 'ppo: lambda: expected a finite number from 0 to 1, got 2'],
    [{ entCoef: -1 }, 'ppo: entCoef: expected a finite number from 0, got -1'],
    [{ vfCoef: Number.NaN }, 'ppo: vfCoef: expected a finite number from 0, got NaN'],
  ])('refuses %j', (wrong, message) => {
    expect(() => ppo({ ...options, ...wrong })).toThrow(new RangeError(message));
  });
});
