import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  type CriticTerm,
  dense,
  gan,
  lazily,
  mlpCritic,
  r1Penalty,
  r2Penalty,
  sgd,
  tanh,
  train,
  wasserstein,
  zeroCentredPenalty,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, noise } from '../support.ts';

const square = {
  init: () => ({ weights: { scale: Value.of([1]) }, buffers: {}, shape: [1] }),
  apply: ({ weights, buffers }: { weights: object; buffers: object }, x: Tensor) => ({
    y: tf.mul(tf.sum(tf.square(x), 1, true), (weights as { scale: Tensor }).scale),
    buffers,
  }),
} as never;

/** D(x) = s |x|^2 with s = 1, whose slope at x is 2 s |x|, and a generator of one place. */
const system = (...penalties: readonly CriticTerm[]) =>
  gan({
    critic: square,
    generator: dense(2, { kernel: (_, shape) => Value.filled(shape, 0) }),
    latent: 1,
    loss: wasserstein(),
    penalties,
    optimizers: { critic: sgd({ rate: 0.01 }), generator: sgd({ rate: 0 }) },
  });

/** Two real points at (3, 4), two fake ones at 0. */
const batch = { examples: Value.of([3, 4, 3, 4], [2, 2]) };

function step(penalty: readonly CriticTerm[], name: (typeof bothNames)[number]) {
  const trainer = train(system(...penalty), both[name], { seed: 3 });
  const { values } = trainer.step({ index: 0, player: 'critic', batch }) as StepEvent;
  const { scale } = (trainer.save().tensors.critic as { weights: { scale: Value } }).weights;
  trainer.close();
  return { values, scale: scale.data[0]! };
}

describe.each(bothNames)('zero-centred penalties on %s', (name) => {
  it('R1 is half of gamma times the squared slope at real examples', () => {
    const { values, scale } = step([r1Penalty(0.5)], name);
    // Slope 10. Loss -25 s + 0.25 (10 s)^2; its gradient by s is -25 + 50 at 1.
    expect(values.r1Penalty).toBeCloseTo(100, 3);
    expect(values.gradientNorm).toBeCloseTo(10, 4);
    expect(values.loss).toBeCloseTo(0, 3);
    expect(scale).toBeCloseTo(1 - 0.01 * 25, 5);
  });

  it('R2 is the same at fake ones, and both go together', () => {
    const { values, scale } = step([r1Penalty(0.5), r2Penalty(7)], name);
    expect(values.r2Penalty).toBeCloseTo(0, 6);
    expect(values.r1Penalty).toBeCloseTo(100, 3);
    expect(scale).toBeCloseTo(0.75, 5);
  });

  it('between them it is that of the mix of each example', () => {
    const { values, scale } = step([zeroCentredPenalty(2)], name);
    // At a share t of (3, 4) the slope is 10 t s: the penalty has the gradient 2 s t^2 100 there.
    expect(values.penalty).toBeGreaterThan(0);
    expect(values.penalty).toBeLessThan(100);
    expect(values.loss).toBeCloseTo(-25 + 2 * values.penalty!, 3);
    expect(scale).toBeCloseTo(1 - 0.01 * (-25 + 4 * values.penalty!), 4);
  });

  it('moves a critic of tanh as central differences say', () => {
    const critic = mlpCritic({ width: 4, depth: 2, activation: tanh });
    const penalized = gan({
      critic,
      generator: dense(2),
      latent: 1,
      loss: { ...wasserstein(), critic: (real) => tf.sum(tf.mul(real, 0)) },
      penalties: [r1Penalty(2), r2Penalty(1), zeroCentredPenalty(0.5)],
      optimizers: { critic: sgd({ rate: 1e-3 }), generator: sgd({ rate: 0 }) },
    });
    const trainer = train(penalized, both[name], { seed: 3 });
    const examples = noise('real', [6, 2]);
    const save = trainer.save();
    const loss = () => {
      const { values } = trainer.step({ index: 0, player: 'critic', batch: { examples } }) as StepEvent;
      return values.loss!;
    };
    const before = loss();
    const moved = trainer.save().tensors.critic;
    const squared = sumOfSquares(save.tensors.critic, moved) / 1e-3;
    // One small step of gradient descent lowers the loss by the squared length of its gradient,
    // which is the squared length of the step over the rate.
    trainer.restore({ ...save, tensors: { ...save.tensors, critic: moved! } });
    const after = loss();
    expect((before - after) / squared).toBeCloseTo(1, 1);
    trainer.close();
  });
});

function sumOfSquares(before: unknown, after: unknown): number {
  if (before instanceof Value)
    return [...before.data].reduce((sum, x, i) => sum + (x - (after as Value).data[i]!) ** 2, 0);
  return Object.entries(before as object).reduce(
    (sum, [name, part]) => sum + sumOfSquares(part, (after as Record<string, unknown>)[name]),
    0,
  );
}

describe('a lazy penalty', () => {
  it.each(bothNames)('is in one step of so many of its player, so many times as heavy, on %s', (name) => {
    const trainer = train(system(lazily(r1Penalty(0.1), 3)), both[name], { seed: 3 });
    const go = (player: string) =>
      (trainer.step({ index: trainer.index, player, batch }) as StepEvent).values;
    const seen = [
      'critic',
      'generator',
      'critic',
      'critic',
      'generator',
      'generator',
      'critic',
      'critic',
    ].map((player) => [player, go(player)] as const);
    const critic = seen.filter(([player]) => player === 'critic').map(([, values]) => values);
    // The critic's steps 0 and 3, whichever of the generator's are between.
    expect(critic.map((values) => 'r1Penalty' in values)).toEqual([true, false, false, true, false]);
    expect(critic[0]!.loss).toBeCloseTo(-25 + (3 * 0.1 * critic[0]!.r1Penalty!) / 2, 3);
    expect(critic[1]!.loss).toBeCloseTo(-critic[1]!.wasserstein!, 3);
    trainer.close();
  });

  it('goes on after a restore with the step that would have come', () => {
    const course = (stop?: number) => {
      let trainer = train(system(lazily(r1Penalty(0.1), 4)), both.onnx, { seed: 3 });
      while (trainer.index < 11) {
        if (trainer.index === stop) {
          const saved = trainer.save();
          trainer.close();
          trainer = train(system(lazily(r1Penalty(0.1), 4)), both.onnx, { seed: 3 });
          trainer.restore({ ...saved, state: JSON.parse(JSON.stringify(saved.state)) });
        }
        const player = trainer.index % 3 === 2 ? 'generator' : 'critic';
        trainer.step({ index: trainer.index, player, batch });
      }
      const saved = trainer.save();
      trainer.close();
      return saved;
    };
    const whole = course();
    expect(whole.state.counts).toEqual({ critic: 8, generator: 3 });
    for (const stop of [1, 4, 5, 8]) expect(course(stop)).toEqual(whole);
  });

  it('is the penalty itself at every step, and is not lazy twice', () => {
    const term = r1Penalty();
    expect(lazily(term, 1)).toBe(term);
    expect(() => lazily(lazily(term, 2), 2)).toThrow(
      'lazily: expected a term of every step, got r1 of every 2',
    );
    expect(() => lazily(term, 0)).toThrow('lazily: every: expected a whole number from 1, got 0');
  });
});

it('refuses weights below 0', () => {
  expect(() => r1Penalty(-1)).toThrow('r1Penalty: gamma: expected a finite number from 0, got -1');
  expect(() => r2Penalty(-1)).toThrow('r2Penalty: gamma: expected a finite number from 0, got -1');
  expect(() => zeroCentredPenalty(-1)).toThrow('zeroCentredPenalty: weight: expected a finite number from 0');
});
