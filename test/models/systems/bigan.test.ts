import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  ali,
  type BiganOptions,
  bigan,
  dense,
  fDivergence,
  kullbackLeibler,
  type Layer,
  leastSquares,
  mlpCritic,
  mlpGenerator,
  sgd,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames } from '../support.ts';
import { joined } from './joined.ts';
import { systemLaws } from './system-laws.ts';

const optimizers = { critic: sgd({ rate: 0.05 }), generator: sgd({ rate: 0.05 }) };
const options = (code: number): BiganOptions => ({
  critic: joined(mlpCritic({ width: 8, depth: 1 }), 3),
  generator: mlpGenerator({ width: 8, depth: 1, outputs: 2 }),
  encoder: mlpGenerator({ width: 8, depth: 1, outputs: code }),
  latent: 3,
  optimizers,
});

/** Scores a pair by 2 x + z, whatever it learns. */
const sum: Layer = {
  init: () => ({ weights: { bias: Value.of([0]) }, buffers: {}, shape: [1] }),
  apply: ({ weights, buffers }, x, _, condition) => ({
    y: tf.add(tf.add(tf.mul(x, 2), condition!), weights.bias as tf.Tensor),
    buffers,
  }),
};
const still = { critic: sgd({ rate: 0 }), generator: sgd({ rate: 0 }) };
/** Half of x, with a deviation of exp(-30). */
const narrow = dense(2, {
  kernel: (_, shape) => Value.of([0.5, 0], shape),
  bias: (_, shape) => Value.of([0, -30], shape),
});
const scaled = (by: number) =>
  dense(1, { kernel: (_, shape) => Value.filled(shape, by), bias: (_, shape) => Value.filled(shape, 0) });

describe.each(bothNames)('bigan on %s', (name) => {
  it('judges pairs, each side against the other, and tells how well the encoder inverts the generator', () => {
    const system = bigan({
      critic: sum,
      generator: scaled(3),
      encoder: scaled(0.5),
      latent: 1,
      optimizers: still,
    });
    const trainer = train(system, both[name], { seed: 2 });
    const batch = { examples: Value.of([1], [1, 1]) };
    const critic = (trainer.step({ index: 0, player: 'critic', batch }) as StepEvent).values;
    const softplus = (x: number) => Math.log1p(Math.exp(x));
    // (x, E(x)) = (1, .5) scores 2.5, (G(z), z) = (3z, z) scores 7z.
    expect(critic.realScore).toBeCloseTo(2.5, 5);
    expect(critic.loss).toBeCloseTo(softplus(-2.5) + softplus(critic.fakeScore!), 5);
    const { values } = trainer.step({ index: 1, player: 'generator', batch }) as StepEvent;
    expect(values.loss).toBeCloseTo(softplus(2.5) + softplus(-values.fakeScore!), 5);
    // G(E(1)) = 1.5.
    expect(values.reconstruction).toBeCloseTo(0.5, 5);
    trainer.close();
  });
});

describe.each([
  // (1, .5) scores 2.5 and is to score as fake pairs do, 0; the generator's are to score 1.
  ['least squares', leastSquares(), (fake: number) => 2.5 ** 2 / 2 + (fake - 1) ** 2 / 2],
  // g(2.5) = 2.5, and minus e^(v - 1).
  [
    'the divergence of Kullback and Leibler',
    fDivergence(kullbackLeibler),
    (v: number) => 2.5 - Math.exp(v - 1),
  ],
] as const)('an encoder under %s', (_, loss, expected) => {
  it.each([bigan, ali])('wants of its pairs what the loss says with the labels swapped (%#)', (system) => {
    const made = system({
      critic: sum,
      generator: scaled(3),
      latent: 1,
      loss,
      optimizers: still,
      // A Gaussian of almost no width is a point.
      encoder: system === bigan ? scaled(0.5) : narrow,
    });
    const trainer = train(made, both.cpu, { seed: 2 });
    const batch = { examples: Value.of([1], [1, 1]) };
    const { values } = trainer.step({ index: 0, player: 'generator', batch }) as StepEvent;
    expect(values.realScore).toBeCloseTo(2.5, 5);
    expect(values.loss! / expected(values.fakeScore!)).toBeCloseTo(1, 5);
    trainer.close();
  });
});

describe('bigan', () => {
  systemLaws(() => bigan(options(3)));
});

describe('ali', () => {
  systemLaws(() => ali({ ...options(6), average: 0.9 }));
});

it.each([
  [() => bigan(options(6)), 'bigan: encoder: expected [3] for an example, got [6]'],
  [() => ali(options(3)), 'ali: encoder: expected [6] for an example, got [3]'],
  [
    () => bigan({ ...options(3), critic: joined(dense(2), 3) }),
    'bigan: critic: expected one score for an example, [1], got [2]',
  ],
])('refuses networks that do not fit (%#)', (make, message) => {
  expect(make).toThrow(new RangeError(message));
});
