import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Tree, Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import { ActorCritic } from '../../../src/rl/deep/actor-critic.ts';
import { type GradientRules, policyGradient } from '../../../src/rl/deep/policy-gradient.ts';
import { categoricalPolicy } from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { leafOf, linear, runOn } from './support.ts';

const parts = new ActorCritic({
  observation: 1,
  policy: categoricalPolicy(2),
  network: { hidden: [], activation: 'tanh' },
});
const state = {
  weights: { policy: linear([[0, 0]], [0, 0]), value: linear([[1]], [0]), own: {} },
  optimizer: {},
};
const inputs = {
  before: Value.of([1, 2], [2, 1]),
  action: new Value('int32', [2], Int32Array.of(1, 1)),
  advantage: Value.of([1, 3]),
  returns: Value.of([3, 2]),
  rate: Value.scalar(0.1),
};

function update(rules: Partial<GradientRules> = {}) {
  const program = policyGradient(parts, {
    name: 'test',
    optimizer: sgd({ rate: 0.1 }),
    vfCoef: 0.5,
    entCoef: 0.1,
    maxGradNorm: 100,
    policyLoss: (logNow, { advantage }) => ({
      loss: tf.neg(tf.mean(tf.mul(logNow, advantage))),
      values: { told: tf.scalar(7) },
    }),
    ...rules,
  });
  return runOn(state, { program, inputs });
}

const scalar = (of: Tree<Value>, name: string) => (of[name] as Value).data[0]!;

describe('a policy gradient', () => {
  it('adds the losses of policy and critic, and takes off the entropy', () => {
    const { outputs } = update();
    // Both actions are as likely: -mean(ln 1/2 * advantage), half the mean of 4 and 0, ln 2.
    expect(scalar(outputs, 'policyLoss')).toBeCloseTo(2 * Math.LN2, 6);
    expect(scalar(outputs, 'valueLoss')).toBeCloseTo(1, 6);
    expect(scalar(outputs, 'entropy')).toBeCloseTo(Math.LN2, 6);
    expect(scalar(outputs, 'loss')).toBeCloseTo(2 * Math.LN2 + 0.5 - 0.1 * Math.LN2, 6);
    expect(scalar(outputs, 'told')).toBe(7);
  });

  it('makes what was better than expected more likely, and the estimates better', () => {
    const after = update().state;
    // By logit 1, each row gives -advantage / 2 / 2; the entropy is flat where all are alike.
    expectClose(leafOf(after, 'weights/policy/0/bias'), [-0.1, 0.1]);
    expectClose(leafOf(after, 'weights/policy/0/kernel'), [-0.175, 0.175]);
    // The critic is 2 too low at 1: its slope is (-2 * 1 + 0 * 2) / 2, of which half counts.
    expectClose(leafOf(after, 'weights/value/0/kernel'), [1.05]);
  });

  it('takes another mean where it has one', () => {
    const first = (rows: tf.Tensor) => tf.reshape(tf.slice(rows as tf.Tensor1D, 0, 1), []);
    expect(scalar(update({ mean: first }).outputs, 'valueLoss')).toBeCloseTo(2, 6);
  });

  it('shortens the gradient of both networks together', () => {
    const after = update({ maxGradNorm: 1e-6 }).state;
    expectClose(leafOf(after, 'weights/value/0/kernel'), [1], 1e-6);
  });
});
