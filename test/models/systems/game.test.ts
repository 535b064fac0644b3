import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import {
  adam,
  dense,
  game,
  gan,
  hinge,
  type Layer,
  movingAverage,
  sgd,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, compute, expectClose } from '../support.ts';

const fixed = (of: number) => ({ kernel: (_: unknown, shape: readonly number[]) => Value.filled(shape, of) });

/** Counts its calls. */
const counted = (layer: Layer): Layer => ({
  init: (key, shape) => ({ ...layer.init(key, shape), buffers: { calls: Value.scalar(0) } }),
  apply: (parameters, x, training) => ({
    y: layer.apply(parameters, x, training).y,
    buffers: { calls: tf.add(parameters.buffers.calls as tf.Tensor, 1) },
  }),
});

/**
 * An autoencoder of numbers, and a judge that stands by: one player trains two networks, the other
 * one.
 */
const coder = game<'encoder' | 'decoder' | 'judge', 'coder' | 'judge', 'x'>({
  name: 'coder',
  networks: {
    encoder: { layer: counted(dense(1, fixed(2))), input: [1] },
    decoder: { layer: dense(1, fixed(1)), input: [1] },
    judge: { layer: counted(dense(1, fixed(1))), input: [1] },
  },
  players: {
    coder: {
      trains: ['encoder', 'decoder'],
      optimizer: sgd({ rate: 0.01, momentum: 0.5 }),
      loss({ encoder, decoder, judge }, { x }) {
        const rebuilt = decoder(encoder(x).y).y;
        judge(rebuilt);
        return {
          loss: tf.mean(tf.square(tf.sub(rebuilt, x))),
          values: { reconstruction: tf.mean(tf.abs(tf.sub(rebuilt, x))) },
        };
      },
    },
    judge: {
      trains: ['judge'],
      optimizer: adam({ rate: 0.1 }),
      loss: ({ judge }, { x }) => ({ loss: tf.mean(judge(x).y) }),
    },
  },
  average: { of: 'decoder', decay: 0.5 },
  inputs: ({ batch }) => ({ x: batch.examples }),
  sample: ({ decoder }, { x }) => decoder(x).y,
  samplerInputs: (count) => ({ x: Value.filled([count, 1], 1) }),
});

const batch = { examples: Value.of([1, 2], [2, 1]) };
const weightOf = (tensors: Tree<Value>, name: string) =>
  flattenTree((tensors[name] as Tree<Value>).weights as Tree<Value>).get('kernel')!.data[0];
const callsOf = (tensors: Tree<Value>, name: string) =>
  ((tensors[name] as Tree<Value>).buffers as Record<string, Value>).calls!.data[0];

describe.each(bothNames)('a game on %s', (name) => {
  it('lets one player improve several networks together, and tells its values', () => {
    const trainer = train(coder, both[name]);
    const { values } = trainer.step({ index: 0, player: 'coder', batch }) as StepEvent;
    // 2x for x: mean x^2 = 2.5, mean |x| = 1.5; gradients 2 x^2 and 4 x^2 in the mean: 5 and 10.
    expect(values).toEqual({ loss: 2.5, reconstruction: 1.5 });
    const { tensors } = trainer.save();
    expect(weightOf(tensors, 'encoder')).toBeCloseTo(2 - 0.05, 6);
    expect(weightOf(tensors, 'decoder')).toBeCloseTo(1 - 0.1, 6);
    expect(weightOf(tensors, 'judge')).toBe(1);
    trainer.close();
  });

  it('keeps the buffers of those that are trained, and of no others', () => {
    const trainer = train(coder, both[name]);
    trainer.step({ index: 0, player: 'coder', batch });
    const calls = () => ['encoder', 'judge'].map((network) => callsOf(trainer.save().tensors, network));
    expect(calls()).toEqual([1, 0]);
    trainer.step({ index: 1, player: 'judge', batch });
    expect(calls()).toEqual([1, 1]);
    trainer.close();
  });

  it('averages a network in the steps of who trains it, and samples from the average', async () => {
    const trainer = train(coder, both[name]);
    trainer.step({ index: 0, player: 'coder', batch });
    const { average } = trainer.save().tensors as { average: Record<string, Value> };
    expectClose(average.kernel!, [0.95]);
    trainer.step({ index: 1, player: 'judge', batch });
    expect(trainer.save().tensors.average).toEqual(average);
    const bias = average.bias!.data[0]!;
    expectClose(await trainer.sample(1), [average.kernel!.data[0]! + bias]);
    trainer.close();
  });
});

describe('the state of a game', () => {
  it('has a branch a network and the slots of each player over what it trains', () => {
    expect([...flattenTree(coder.init(keyOf(1))).keys()]).toEqual([
      'encoder/weights/kernel',
      'encoder/weights/bias',
      'encoder/buffers/calls',
      'decoder/weights/kernel',
      'decoder/weights/bias',
      'judge/weights/kernel',
      'judge/weights/bias',
      'judge/buffers/calls',
      'optimizer/coder/velocity/vector',
      ...['step', 'mean/vector', 'square/vector'].map((slot) => `optimizer/judge/${slot}`),
      'average/kernel',
      'average/bias',
    ]);
  });

  it('begins the average as a copy', () => {
    const state = coder.init(keyOf(1));
    expect(state.average).toEqual((state.decoder as Tree<Value>).weights);
    const { after } = compute({ average: state.average as Tree<Value> }, ({ average }) => ({
      after: movingAverage(average as never, average as never, 0.5),
    }));
    expect(after).toEqual(state.average);
  });
});

describe("networks of one's own", () => {
  const optimizer = sgd({ rate: 0.1 });
  const withCritic = (critic: Layer) =>
    gan({
      critic,
      generator: dense(1),
      latent: 1,
      loss: hinge(),
      optimizers: { critic: optimizer, generator: optimizer },
    });
  const sum: Layer = {
    init: (_, shape) => ({ weights: {}, buffers: {}, shape }),
    apply: ({ buffers }, x) => ({ y: x, buffers }),
  };

  it('are refused by name where they have no weights', () => {
    expect(() => withCritic(sum).init(keyOf(1))).toThrow(
      new RangeError('gan: critic: expected a network with weights to train, got critic without any'),
    );
  });

  it.each(bothNames)('are refused by name where they do not use their weights (%s)', async (name) => {
    const idle: Layer = {
      ...sum,
      init: (_, shape) => ({ ...sum.init(_, shape), weights: { w: Value.of([1]) } }),
    };
    const trainer = train(withCritic(idle), both[name]);
    await expect(async () => trainer.step({ index: 0, player: 'critic', batch })).rejects.toThrow(
      'gan: loss of the critic: expected a loss that depends on at least one of w, got one that depends on none',
    );
    trainer.close();
  });
});
