import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { flattenTree, Value } from '../../../src/engine/index.ts';
import {
  type CycleGanOptions,
  cycleGan,
  dense,
  hinge,
  type Layer,
  mlpCritic,
  mlpGenerator,
  nonSaturating,
  sgd,
  spectralNorm,
  tanh,
  train,
  wasserstein,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, noise } from '../support.ts';
import { systemLaws } from './system-laws.ts';

const optimizer = sgd({ rate: 0.05 });
const small = { width: 6, depth: 1, activation: tanh };
const side = { generator: mlpGenerator({ ...small, outputs: 2 }), critic: mlpCritic(small) };
const options: CycleGanOptions = {
  sources: { part: 'other', shape: [2], draw: (count) => noise('sources', [count, 2]) },
  source: side,
  target: side,
  history: 12,
  optimizers: { generators: optimizer, critics: optimizer },
  average: 0.5,
};
const batchAt = (index: number) => ({
  examples: noise(`b ${index}`, [8, 2]),
  parts: { other: noise(`a ${index}`, [8, 2]) },
});

describe('cycleGan', () => {
  systemLaws(() => cycleGan({ ...options, identity: 0.5 }), batchAt);
});

/** x times a number. */
const times = (factor: number): Layer => ({
  init: (_, shape) => ({ weights: { factor: Value.of([factor]) }, buffers: {}, shape }),
  apply: ({ weights, buffers }, x) => ({ y: tf.mul(x, weights.factor as tf.Tensor), buffers }),
});
const still = { generators: sgd({ rate: 0 }), critics: sgd({ rate: 0 }) };

describe.each(bothNames)('known answers on %s', (name) => {
  const valuesOf = (
    player: 'generators' | 'critics',
    more: Partial<CycleGanOptions>,
    given: { a: readonly number[]; b: readonly number[] },
  ) => {
    const shape = [given.a.length, 1];
    const system = cycleGan({
      sources: { part: 'other', shape: [1], draw: (count) => Value.filled([count, 1], 0) },
      source: { generator: times(1), critic: times(1) },
      target: { generator: times(1), critic: times(1) },
      history: 0,
      optimizers: still,
      ...more,
    });
    const trainer = train(system, both[name], { seed: 1 });
    const batch = { examples: Value.of(given.b, shape), parts: { other: Value.of(given.a, shape) } };
    const { values } = trainer.step({ index: 0, player, batch }) as StepEvent;
    trainer.close();
    return values;
  };

  it('the squares of scores .8 of real and .3 of made: .065 a critic, .49 a generator', () => {
    // Critics that give back their input, and generators to .3 from .8 both ways.
    const to = { generator: times(0.375), critic: times(1) };
    const given = { a: [0.8], b: [0.8] };
    expect(valuesOf('critics', { source: to, target: to }, given).loss).toBeCloseTo(2 * 0.065, 6);
    expect(valuesOf('generators', { source: to, target: to, cycle: 0 }, given).loss).toBeCloseTo(2 * 0.49, 6);
  });

  it('the distance after there and back, ten times', () => {
    // a = (0, 1) comes back as (0, .5), b = (0, 2) as (0, 1): .25 + .5.
    const half = { generator: times(0.5), critic: times(0) };
    const values = valuesOf(
      'generators',
      { source: half, target: { ...half, generator: times(1) } },
      { a: [0, 1], b: [0, 2] },
    );
    expect(values.cycle).toBeCloseTo(0.75, 6);
    // Critics of 0 want 1 both: 1 + 1.
    expect(values.loss).toBeCloseTo(2 + 7.5, 5);
  });

  it('the identity, which costs neither the cycle nor itself anything', () => {
    const values = valuesOf('generators', { identity: 0.5 }, { a: [0.5, 0.25], b: [3, -4] });
    expect([values.cycle, values.identity]).toEqual([0, 0]);
    expect(valuesOf('generators', {}, { a: [1], b: [1] }).identity).toBeUndefined();
    const twice = { generator: times(2), critic: times(0) };
    const off = valuesOf('generators', { identity: 0.5, target: twice }, { a: [1], b: [1] });
    expect(off.identity).toBeCloseTo(1, 6);
    // Squares of critics at 0 and at F(b) = 1, cycle 1 + 1, identity 1.
    expect(off.loss).toBeCloseTo(1 + 0 + 10 * 2 + 5 * 1, 5);
  });
});

describe('the history', () => {
  it('belongs to the critics, fills up, and is a pure function of the steps', () => {
    const trainer = train(cycleGan(options), both.onnx, { seed: 3 });
    const filled = () => flattenTree(trainer.tensors()).get('history@b/buffers/filled')!.data[0];
    const images = () => flattenTree(trainer.tensors()).get('history@b/buffers/images')!;
    const first = images();
    trainer.step({ index: 0, player: 'generators', batch: batchAt(0) });
    expect([filled(), images()]).toEqual([0, first]);
    for (let index = 1; index < 3; index++) trainer.step({ index, player: 'critics', batch: batchAt(index) });
    expect(filled()).toBe(12);
    const full = images();
    trainer.step({ index: 3, player: 'critics', batch: batchAt(3) });
    expect(filled()).toBe(12);
    expect(images()).not.toEqual(full);
    trainer.close();
  });

  it('is left out at 0, and must hold a batch', () => {
    const without = train(cycleGan({ ...options, history: 0 }), both.cpu, { seed: 3 });
    expect([...flattenTree(without.tensors()).keys()].filter((path) => path.includes('history'))).toEqual([]);
    without.close();
    const trainer = train(cycleGan({ ...options, history: 7 }), both.cpu, { seed: 3 });
    expect(() => trainer.step({ index: 0, player: 'critics', batch: batchAt(0) })).toThrow(
      'cycle-gan: batch, for a history of 7: expected a whole number from 1 to 7, got 8',
    );
    trainer.close();
  });
});

it.each(
  [nonSaturating(), hinge(), wasserstein()].flatMap((loss) =>
    [false, true].map((spectral) => [loss.name, spectral, loss] as const),
  ),
)('goes with %s, spectral norm: %s', (_, spectral, loss) => {
  const critic = mlpCritic({ ...small, ...(spectral && { constraint: spectralNorm }) });
  const trainer = train(
    cycleGan({ ...options, loss, adversarial: 1, source: { ...side, critic }, target: { ...side, critic } }),
    both.onnx,
    { seed: 1 },
  );
  for (const player of ['generators', 'critics'] as const) {
    const { values } = trainer.step({ index: trainer.index, player, batch: batchAt(0) }) as StepEvent;
    expect(Object.values(values).every(Number.isFinite)).toBe(true);
  }
  trainer.save();
  trainer.close();
});

describe('cycleGan refuses', () => {
  it.each([
    [
      { source: { ...side, generator: dense(3) } },
      'cycle-gan: source: generator: expected examples of [2], from which the other makes its own, got [3]',
    ],
    [
      { target: { ...side, critic: dense(2) } },
      'cycle-gan: critic: expected one score for an example, [1], got [2]',
    ],
    [
      { identity: 0.5, target: { ...side, generator: dense(3) } },
      'cycle-gan: identity: expected 0 for examples of [2] and [3], got 0.5',
    ],
    [{ cycle: -1 }, 'cycle-gan: cycle: expected a finite number from 0, got -1'],
    [{ history: 0.5 }, 'cycle-gan: history: expected a whole number from 0, got 0.5'],
  ])('what does not fit (%#)', (more, message) => {
    expect(() => cycleGan({ ...options, ...more })).toThrow(new RangeError(message));
  });

  it('batches without the other kind', () => {
    const trainer = train(cycleGan(options), both.cpu, { seed: 1 });
    const { examples } = batchAt(0);
    expect(() => trainer.step({ index: 0, player: 'critics', batch: { examples } })).toThrow(
      new RangeError('cycle-gan: expected batches with other of [8,2], got none'),
    );
    trainer.close();
  });
});
