import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  conv2d,
  gaussian,
  gradientPenalty,
  hinge,
  type Layer,
  leastSquares,
  noiseMap,
  nonSaturating,
  type Pix2pixOptions,
  pix2pix,
  sequential,
  sgd,
  spectralNorm,
  tanh,
  train,
  wasserstein,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, noise } from '../support.ts';
import { systemLaws } from './system-laws.ts';

const side = 6;
const optimizer = sgd({ rate: 0.05 });
const conv = (filters: number, stride = 1) => conv2d(filters, { kernelSize: 3, stride });
const source = (count: number) => noise(`sources ${count}`, [count, side, side, 2]);
const options = {
  sources: { part: 'source', shape: [side, side, 2], draw: source },
  critic: sequential([conv(3, 2), tanh(), conv(1)]),
  generator: sequential([noiseMap(1), conv(3), tanh(), conv(1), tanh()]),
  latent: gaussian(side * side),
  optimizers: { critic: optimizer, generator: optimizer },
  average: 0.5,
} satisfies Pix2pixOptions;
const { latent: _, ...noiseless } = { ...options, generator: conv(1) };
const batchAt = (index: number) => ({
  examples: noise(`images ${index}`, [4, side, side, 1]),
  parts: { source: noise(`sources of ${index}`, [4, side, side, 2]) },
});

describe('pix2pix', () => {
  systemLaws(() => pix2pix(options), batchAt);

  it('draws from sources of the same seed the same images, and from others others', async () => {
    const trainer = train(pix2pix(noiseless), both.onnx);
    const given = source(3);
    const drawn = await trainer.sampleFrom({ source: given });
    expect(drawn.shape).toEqual([3, side, side, 1]);
    expect(await trainer.sampleFrom({ source: given })).toEqual(drawn);
    expect(await trainer.sampleFrom({ source: noise('other', [3, side, side, 2]) })).not.toEqual(drawn);
    trainer.close();
  });
});

describe('an image that is given', () => {
  it('is the source of every sample', async () => {
    const trainer = train(pix2pix(noiseless), both.onnx);
    const given = source(1);
    const one = new Value('float32', [side, side, 2], given.data);
    const { data } = await trainer.sample(3, 0, { source: one });
    const alone = await trainer.sampleFrom({ source: given });
    for (let i = 0; i < 3; i++)
      expect(data.slice(i * side * side, (i + 1) * side * side)).toEqual(alone.data);
    await expect(trainer.sample(3, 0, { source: given })).rejects.toThrow(
      'source: expected an image of [6,6,2], got [1,6,6,2]',
    );
    await expect(trainer.sample(1, 0, { label: 0 })).rejects.toThrow('class: expected none for pix2pix');
    trainer.close();
  });
});

/** The same number everywhere, whatever comes in. */
const constant = (channels: number, value: number): Layer => ({
  init: (_, [height = 0, width = 0]) => ({
    weights: { bias: Value.filled([channels], value) },
    buffers: {},
    shape: [height, width, channels],
  }),
  apply: ({ weights, buffers }, x) => ({
    y: tf.mul(tf.onesLike(tf.slice(x, [0, 0, 0, 0], [-1, -1, -1, 1])), weights.bias as tf.Tensor),
    buffers,
  }),
});
const still = sgd({ rate: 0 });

describe.each(bothNames)('a critic that does not know, on %s', (name) => {
  const valuesOf = (player: 'critic' | 'generator', distance: number) => {
    const system = pix2pix({
      ...noiseless,
      critic: constant(1, 0),
      generator: constant(1, 0),
      distance,
      optimizers: { critic: still, generator: still },
    });
    const trainer = train(system, both[name], { seed: 1 });
    const half = Value.of(
      Array.from({ length: 2 * side * side }, (_, i) => (i % 2 === 0 ? 0.5 : -0.5)),
      [2, side, side, 1],
    );
    const batch = { examples: half, parts: { source: source(2) } };
    const { values } = trainer.step({ index: 0, player, batch }) as StepEvent;
    trainer.close();
    return values;
  };

  it('has ln 2, half of the sum over real and made', () => {
    expect(valuesOf('critic', 100).loss).toBeCloseTo(Math.LN2, 6);
  });

  it('leaves a generator of zeros ln 2 and a hundred times the distance of a half', () => {
    const { loss, distance } = valuesOf('generator', 100);
    expect(distance).toBeCloseTo(0.5, 6);
    expect(loss).toBeCloseTo(50 + Math.LN2, 4);
    expect(valuesOf('generator', 0).loss).toBeCloseTo(Math.LN2, 6);
  });
});

it('shows the critic the source before the image', () => {
  const first: Layer = {
    init: () => ({ weights: { bias: Value.of([0]) }, buffers: {}, shape: [1] }),
    // The mean of channel 0 of 2 + 1: the first one of the source.
    apply: ({ weights, buffers }, x) => ({
      y: tf.add(tf.mean(tf.slice(x, [0, 0, 0, 0], [-1, -1, -1, 1]), [1, 2]), weights.bias as tf.Tensor),
      buffers,
    }),
  };
  const trainer = train(pix2pix({ ...options, critic: first }), both.cpu, { seed: 1 });
  const parts = { source: Value.filled([4, side, side, 2], 0.25) };
  const { values } = trainer.step({
    index: 0,
    player: 'critic',
    batch: { ...batchAt(0), parts },
  }) as StepEvent;
  expect([values.realScore, values.fakeScore]).toEqual([0.25, 0.25]);
  trainer.close();
});

describe('pix2pix goes with', () => {
  const losses = [nonSaturating(), hinge(), leastSquares(), wasserstein()];
  it.each(losses.flatMap((loss) => [false, true].map((spectral) => [loss.name, spectral, loss] as const)))(
    '%s, spectral norm: %s',
    (_, spectral, loss) => {
      const system = pix2pix({
        ...options,
        loss,
        critic: spectral
          ? sequential([spectralNorm(conv(3, 2)), tanh(), spectralNorm(conv(1))])
          : options.critic,
        penalties: loss.name === 'wasserstein' ? [gradientPenalty(10)] : [],
      });
      const trainer = train(system, both.onnx, { seed: 1 });
      for (const player of ['critic', 'generator'] as const) {
        const { values } = trainer.step({ index: trainer.index, player, batch: batchAt(0) }) as StepEvent;
        expect(Object.values(values).every(Number.isFinite)).toBe(true);
      }
      trainer.save();
      trainer.close();
    },
  );
});

describe('pix2pix refuses', () => {
  it.each([
    [
      { generator: conv(1, 2) },
      'pix2pix: generator: expected images with the sides of a source, [6,6,2], got [3,3,1]',
    ],
    [{ critic: conv(2) }, 'pix2pix: critic: expected one score for an example, [1], got [6,6,2]'],
    [{ distance: -1 }, 'distanceTo: weight: expected a finite number from 0, got -1'],
  ])('networks and weights that do not fit (%#)', (more, message) => {
    expect(() => pix2pix({ ...noiseless, ...more })).toThrow(new RangeError(message));
  });

  it.each([
    [{}, 'pix2pix: expected batches with source of [4,6,6,2], got none'],
    [
      { parts: { source: noise('three', [3, side, side, 2]) } },
      'pix2pix: expected batches with source of [4,6,6,2], got [3,6,6,2]',
    ],
    [
      { parts: { source: noise('one channel', [4, side, side, 1]) } },
      'pix2pix: expected batches with source of [4,6,6,2], got [4,6,6,1]',
    ],
  ])('pairs that do not match (%#)', (parts, message) => {
    const trainer = train(pix2pix(options), both.cpu, { seed: 1 });
    const batch = { examples: batchAt(0).examples, ...parts };
    expect(() => trainer.step({ index: 0, player: 'critic', batch })).toThrow(new RangeError(message));
    trainer.close();
  });
});
