import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  batchNorm,
  conditionalBatchNorm,
  groupNorm,
  instanceNorm,
  type Layer,
  layerNorm,
  pixelNorm,
  unitVectors,
  virtualBatchNorm,
} from '../../../src/models/index.ts';
import {
  applied,
  both,
  bothNames,
  engineNames,
  engines,
  expectClose,
  moments,
  noise,
  parameters,
} from '../support.ts';

describe('instance norm', () => {
  describe.each(bothNames)('instance norm on %s', (name) => {
    it('brings each channel of each image to mean 0 and variance 1, then its gain and bias', () => {
      const layer = instanceNorm();
      const initial = {
        weights: { gain: Value.of([1, 2]), bias: Value.of([0, 5]) },
        buffers: {},
      };
      const { y } = applied(layer, noise('x', [3, 4, 4, 2], 7), { engine: both[name], initial });
      for (let image = 0; image < 3; image++)
        for (const [channel, gain, bias] of [
          [0, 1, 0],
          [1, 2, 5],
        ] as const) {
          const pixels = Array.from({ length: 16 }, (_, i) => y.data[image * 32 + 2 * i + channel]!);
          const { mean, variance } = moments(pixels);
          expectClose(Value.of([mean, variance]), [bias, gain * gain], 1e-4);
        }
    });
  });

  it('refuses what is no image', () => {
    expect(() => instanceNorm().init(keyOf(1), [4])).toThrow(
      'instanceNorm: expected inputs [height, width, channels], got [4]',
    );
  });
});

describe('group norm', () => {
  it.each(bothNames)('normalises groups of channels over all their pixels (%s)', (name) => {
    // Two groups of two channels: 1, 2, 3, 4 with mean 2.5 and variance 1.25, and one of 0 and 8.
    const x = Value.of([1, 2, 0, 8, 3, 4, 0, 8], [1, 1, 2, 4]);
    const initial = parameters({ gain: Value.of([1, 1, 1, 2]), bias: Value.of([0, 0, 0, 5]) });
    const { y } = applied(groupNorm(2), x, { engine: both[name], initial });
    const a = 1 / Math.sqrt(1.25);
    expectClose(y, [-1.5 * a, -0.5 * a, -1, 7, 0.5 * a, 1.5 * a, -1, 7], 1e-5);
  });

  it('of one group is layer norm, of a group for each channel instance norm', () => {
    const x = noise('x', [2, 3, 3, 4], 3);
    expectClose(applied(groupNorm(1), x).y, applied(layerNorm(), x).y, 1e-5);
    expectClose(applied(groupNorm(4), x).y, applied(instanceNorm(), x).y, 1e-5);
  });

  it('takes the largest number of groups that the channels can be divided by', () => {
    const x = noise('x', [2, 3, 3, 6], 3);
    expect(applied(groupNorm(), x).y).toEqual(applied(groupNorm(6), x).y);
    expect(applied(groupNorm(5), x).y).toEqual(applied(groupNorm(3), x).y);
  });

  it.each([
    [() => groupNorm(0), 'groupNorm: groups: expected a whole number from 1, got 0'],
    [() => groupNorm(1.5), 'groupNorm: groups: expected a whole number from 1, got 1.5'],
    [() => groupNorm(2, { epsilon: -1 }), 'groupNorm: epsilon: expected a finite number from 0, got -1'],
    [() => groupNorm().init(keyOf(1), [4]), 'groupNorm: expected inputs [height, width, channels], got [4]'],
  ])('refuses %s', (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});

describe('layer norm', () => {
  /** Layer normalisation of one example in double precision. */
  function normalised(
    example: ArrayLike<number>,
    gain: ArrayLike<number>,
    bias: ArrayLike<number>,
  ): number[] {
    const { mean, variance } = moments(example);
    return Array.from(example, (x, i) => {
      const channel = i % gain.length;
      return ((x - mean) / Math.sqrt(variance + 1e-5)) * gain[channel]! + bias[channel]!;
    });
  }

  describe('layerNorm', () => {
    it.each(engineNames)('computes what plain loops compute (%s)', (name) => {
      const [gain, bias] = [noise('gain', [3]), noise('bias', [3])];
      for (const shape of [
        [2, 4, 5, 3],
        [4, 3],
      ]) {
        const x = noise('x', shape, 3);
        const size = x.data.length / shape[0]!;
        const expected = Array.from({ length: shape[0]! }, (_, i) =>
          normalised(x.data.subarray(i * size, (i + 1) * size), gain.data, bias.data),
        ).flat();
        const { y } = applied(layerNorm(), x, { initial: parameters({ gain, bias }), engine: engines[name] });
        expectClose(y, expected);
      }
    });

    it('starts with gain 1 and bias 0 for each channel, whatever the rank', () => {
      for (const shape of [[3], [8, 8, 3]]) {
        expect(layerNorm().init(keyOf(1), shape)).toEqual({
          weights: { gain: Value.filled([3], 1), bias: Value.filled([3], 0) },
          buffers: {},
          shape,
        });
      }
    });

    it.each(engineNames)('leaves an example untouched by the rest of the batch (%s)', (name) => {
      const [example, rest, others] = [noise('one', [12]), noise('rest', [24]), noise('others', [24], 50)];
      const first = (batch: Value) =>
        applied(layerNorm(), Value.of([...example.data, ...batch.data], [3, 2, 2, 3]), {
          engine: engines[name],
          training: true,
        }).y.data.slice(0, 12);
      expect(first(rest)).toEqual(first(others));
    });

    it('stays finite where all numbers of an example are the same', () => {
      expect(applied(layerNorm(), Value.filled([1, 4], 7)).y).toEqual(Value.filled([1, 4], 0));
    });

    it('refuses examples without a channel', () => {
      expect(() => layerNorm().init(keyOf(1), [])).toThrow(
        new RangeError('layerNorm: expected inputs of rank 1 or more, got []'),
      );
    });
  });
});

describe('pixel norm', () => {
  describe.each(bothNames)('pixel norm on %s', (name) => {
    it('gives the root of the mean square 1, so that a length is the root of the channels', () => {
      const { y } = applied(pixelNorm(), Value.of([3, 4, 0, 0], [1, 1, 2, 2]), { engine: both[name] });
      expectClose(y, [0.848528, 1.131371, 0, 0], 1e-6);
    });
  });

  it('refuses single numbers', () => {
    expect(() => pixelNorm().init(keyOf(1), [])).toThrow(
      new RangeError('pixelNorm: expected inputs of rank 1 or more, got []'),
    );
  });
});

describe('unit vectors', () => {
  it.each(bothNames)('gives every pixel a vector of length 1 in the direction of tanh x (%s)', (name) => {
    const { y } = applied(unitVectors(), noise('x', [2, 3, 3, 3]), { engine: both[name] });
    const lengths = Array.from({ length: 18 }, (_, i) => Math.hypot(...y.data.slice(3 * i, 3 * i + 3)));
    expectClose(Value.of(lengths), Array(18).fill(1), 1e-5);
    const [a, b] = [Math.tanh(1), Math.tanh(-2)];
    const one = applied(unitVectors(), Value.of([1, -2], [1, 1, 1, 2]), { engine: both[name] }).y;
    expectClose(one, [a / Math.hypot(a, b), b / Math.hypot(a, b)], 1e-5);
  });

  it('refuses what is no image', () => {
    expect(() => unitVectors().init(keyOf(1), [4])).toThrow('unitVectors: expected inputs');
  });
});

describe('epsilon', () => {
  const of = (layer: Layer, x: Value, training = false) =>
    applied(layer, x, { training, engine: engines.cpu }).y;

  it.each([
    ['layerNorm', (epsilon: number) => layerNorm({ epsilon })],
    ['batchNorm', (epsilon: number) => batchNorm({ epsilon })],
    ['instanceNorm', (epsilon: number) => instanceNorm({ epsilon })],
    ['pixelNorm', (epsilon: number) => pixelNorm({ epsilon })],
  ])('of %s is added to what the root is taken of', (name, make) => {
    // Two pixels of one channel, 1 and -1: mean 0, variance and mean square 1.
    const x = Value.of([1, -1], [1, 1, 2, 1]);
    expectClose(of(make(3), x, true), [0.5, -0.5]);
    expect(() => make(0)).toThrow(`${name}: epsilon: expected a finite number above 0, got 0`);
  });

  it('of those of classes and of a reference batch, too', () => {
    expect(() => conditionalBatchNorm(2, { epsilon: -1 })).toThrow('conditionalBatchNorm: epsilon: expected');
    expect(() => virtualBatchNorm(2, { epsilon: -1 })).toThrow('virtualBatchNorm: epsilon: expected');
    const x = Value.of([1, -1, 1, -1], [4, 1]);
    // The reference has mean 0 and variance 1; each other example, a third of its own statistics,
    // has mean 1/3 or -1/3 and variance 1 - 1/9.
    const other = 2 / 3 / Math.sqrt(8 / 9 + 3);
    expectClose(of(virtualBatchNorm(2, { epsilon: 3 }), x, true), [0.5, -0.5, other, -other]);
  });

  it('and momentum of batchNorm are those of the running averages', () => {
    const { buffers } = applied(batchNorm({ momentum: 0.25 }), Value.of([2, 6], [2, 1]), { training: true });
    // 0.25 of the first mean 0 and of the first variance 1; 4, and the unbiased 8, of the batch.
    expectClose(buffers.mean as Value, [3]);
    expectClose(buffers.variance as Value, [6.25]);
  });
});
