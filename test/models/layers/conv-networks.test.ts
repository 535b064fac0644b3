import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, Value } from '../../../src/engine/index.ts';
import {
  batchNorm,
  type ConvCriticOptions,
  convCritic,
  convGenerator,
  type Initializer,
  type Layer,
  residualCritic,
  residualGenerator,
} from '../../../src/models/index.ts';
import { applied, engines, expectClose, noise } from '../support.ts';

const engine = engines.wasm;
const sizes = [8, 16, 28, 32, 64] as const;
const forms = sizes.flatMap((size) => [1, 3].map((channels) => ({ size, channels, filters: 2 })));

/** The shapes of the filters of a network, in order. */
const filtersOf = (tree: Parameters<typeof flattenTree>[0]) =>
  [...flattenTree(tree).values()].map((leaf) => (leaf as Value).shape).filter(({ length }) => length === 4);

describe.each(forms)('for images of $size pixels and $channels channels', ({ size, channels, filters }) => {
  const image = [size, size, channels];

  it('convCritic gives one score for an example', () => {
    const critic = convCritic({ size, channels, filters });
    const initial = critic.init(keyOf(1), image);
    expect(initial.shape).toEqual([1]);
    const { y } = applied(critic, noise('x', [3, ...image]), { initial, engine, training: true });
    expect(y.shape).toEqual([3, 1]);
    expect(new Set(y.data).size).toBe(3);
  });

  it('convGenerator makes images between -1 and 1, and remembers its batches', () => {
    const generator = convGenerator({ size, channels, filters });
    const initial = generator.init(keyOf(1), [5]);
    expect(initial.shape).toEqual(image);
    const z = noise('z', [3, 5]);
    const { y, buffers } = applied(generator, z, { initial, engine, training: true });
    expect(y.shape).toEqual([3, ...image]);
    expect(y.data.every((pixel) => Math.abs(pixel) <= 1)).toBe(true);
    expect(y.data.some((pixel) => Math.abs(pixel) > 0.1)).toBe(true);
    expect(buffers).not.toEqual(initial.buffers);
    expect(applied(generator, z, { initial, engine }).y.shape).toEqual([3, ...image]);
  });
});

describe('the convolutional networks', () => {
  it('double their filters with every halving of the side', () => {
    const critic = convCritic({ size: 32, channels: 3, filters: 4 }).init(keyOf(1), [32, 32, 3]);
    expect(filtersOf(critic.weights)).toEqual([
      [4, 4, 3, 4],
      [4, 4, 4, 8],
      [4, 4, 8, 16],
    ]);
    const generator = convGenerator({ size: 32, channels: 3, filters: 4 }).init(keyOf(1), [10]);
    expect(filtersOf(generator.weights)).toEqual([
      [4, 4, 8, 16],
      [4, 4, 4, 8],
      [4, 4, 3, 4],
    ]);
    expect((flattenTree(generator.weights).get('0/kernel') as Value).shape).toEqual([10, 4 * 4 * 16]);
  });

  it('have 64 filters at the highest resolution unless told', () => {
    const { weights } = convCritic({ size: 16, channels: 1 }).init(keyOf(1), [16, 16, 1]);
    expect(filtersOf(weights)[0]).toEqual([4, 4, 1, 64]);
  });

  it('normalise behind every convolution of the critic but the first, or nowhere', () => {
    const gains = (options: Pick<ConvCriticOptions, 'normalisation'>) => {
      const critic = convCritic({ size: 32, channels: 1, filters: 2, ...options });
      return [...flattenTree(critic.init(keyOf(1), [32, 32, 1]).weights)]
        .filter(([path]) => path.endsWith('gain'))
        .map(([, { shape }]) => shape);
    };
    expect(gains({})).toEqual([[4], [8]]);
    expect(gains({ normalisation: batchNorm })).toEqual([[4], [8]]);
    expect(gains({ normalisation: undefined })).toEqual([]);
  });

  const every = (weights: Parameters<typeof flattenTree>[0], name: string) =>
    [...flattenTree(weights)].flatMap(([path, leaf]) =>
      path.endsWith(name) ? [[...new Set((leaf as Value).data)]] : [],
    );

  it('begin with the kernels that they are given in every layer, the last one too', () => {
    const kernel: Initializer = (_, shape) => Value.filled(shape, 0.5);
    const given = { size: 16, channels: 1, filters: 2, kernel } as const;
    const critic = convCritic(given).init(keyOf(1), [16, 16, 1]).weights;
    const generator = convGenerator(given).init(keyOf(1), [3]).weights;
    expect(every(critic, 'kernel')).toEqual([[0.5], [0.5], [0.5]]);
    expect(every(generator, 'kernel')).toEqual([[0.5], [0.5], [0.5]]);
  });

  it('begin the last layer smaller than the others unless told', () => {
    const spread = (weights: Parameters<typeof flattenTree>[0]) =>
      [...flattenTree(weights)].flatMap(([path, leaf]) => {
        if (!path.endsWith('kernel')) return [];
        const { data } = leaf as Value;
        return [Math.sqrt((data as Float32Array).reduce((sum, x) => sum + x * x, 0) / data.length)];
      });
    const [size, channels, filters] = [16, 3, 32] as const;
    const critic = convCritic({ size, channels, filters }).init(keyOf(1), [16, 16, 3]).weights;
    // He: sqrt(2 / inputs); LeCun: sqrt(1 / inputs).
    const inputs = [4 * 4 * 3, 4 * 4 * 32, 4 * 4 * 64];
    spread(critic).forEach((deviation, layer) => {
      expect(deviation * Math.sqrt(inputs[layer]!)).toBeCloseTo(layer === 2 ? 1 : Math.SQRT2, 1);
    });
  });

  it('take layers first, last and between, and put the constraint around all that have kernels', () => {
    const seen: string[] = [];
    const named = (name: string): Layer => ({
      init: (_, shape) => {
        seen.push(`${name} ${shape}`);
        return { weights: {}, buffers: {}, shape };
      },
      apply: ({ buffers }, x) => ({ y: x, buffers }),
    });
    const constraint = (layer: Layer): Layer => ({
      ...layer,
      init: (key, shape) => {
        seen.push(`constrained ${shape}`);
        return layer.init(key, shape);
      },
    });
    const inserts = { constraint, first: [named('first')], between: { 8: () => named('between') } };
    const critic = convCritic({ ...inserts, size: 16, channels: 1, filters: 2, last: [named('last')] });
    critic.init(keyOf(1), [16, 16, 1]);
    expect(seen.splice(0)).toEqual([
      'first 16,16,1',
      'constrained 16,16,1',
      'between 8,8,2',
      'constrained 8,8,2',
      'last 64',
      'constrained 64',
    ]);
    convGenerator({ ...inserts, size: 16, channels: 1, filters: 2 }).init(keyOf(1), [3]);
    expect(seen).toEqual([
      'first 3',
      'constrained 3',
      'constrained 4,4,4',
      'between 8,8,2',
      'constrained 8,8,2',
    ]);
  });

  it('score an example whatever else is in the batch', () => {
    const critic = convCritic({ size: 16, channels: 1, filters: 2 });
    const [one, rest, others] = [noise('one', [256]), noise('rest', [512]), noise('others', [512], 9)];
    const first = (batch: Value) =>
      applied(critic, Value.of([...one.data, ...batch.data], [3, 16, 16, 1]), { engine, training: true }).y
        .data[0];
    expect(first(rest)).toBe(first(others));
  });

  it('are of any height and width, depth, widths and kernels', () => {
    const form = { size: [16, 24], channels: 2, depth: 3, widths: [5, 3, 7] } as const;
    const critic = convCritic({ ...form, kernelSize: 5 }).init(keyOf(1), [16, 24, 2]);
    expect(filtersOf(critic.weights)).toEqual([
      [5, 5, 2, 5],
      [5, 5, 5, 3],
      [5, 5, 3, 7],
    ]);
    const generator = convGenerator({ ...form, kernelSize: 2 }).init(keyOf(1), [6]);
    expect(generator.shape).toEqual([16, 24, 2]);
    expect((flattenTree(generator.weights).get('0/kernel') as Value).shape).toEqual([6, 2 * 3 * 7]);
    expect(filtersOf(generator.weights)).toEqual([
      [2, 2, 3, 7],
      [2, 2, 5, 3],
      [2, 2, 2, 5],
    ]);
  });

  /** A convolution that adds up the channels of a position, a dense layer that adds up all. */
  const sums: Initializer = (_, shape) => {
    const data = new Float32Array(shape.reduce((product, side) => product * side, 1));
    const [height = 1, width = 1] = shape.length === 4 ? shape : [];
    const positions = height * width;
    const of = data.length / positions;
    data.fill(1, ((positions - 1) / 2) * of, ((positions + 1) / 2) * of);
    return Value.of(data, shape);
  };
  const one = { size: 8, channels: 1, filters: 1, kernel: sums, normalisation: undefined } as const;
  const rows = (upper: number, lower: number) =>
    Value.of([...Array(32).fill(upper), ...Array(32).fill(lower)], [1, 8, 8, 1]);

  it('halve the sides by means, and double them by repetition, where told', () => {
    // Leaky ReLU, means of 2x2, the sum: (32 * 3 - 32 * 0.2 * 5) / 4.
    const critic = convCritic({ ...one, downsampling: 'average' });
    expectClose(applied(critic, rows(3, -5), { engine }).y, [16], 1e-6);
    const generator = convGenerator({ ...one, upsampling: 'nearest' });
    const { y } = applied(generator, Value.of([0.25, -1], [2, 1]), { engine });
    expectClose(y, [...Array(64).fill(Math.tanh(0.25)), ...Array(64).fill(0)], 1e-6);
  });

  it('of residual blocks add to each block what passes it by', () => {
    // Block: h = mean(relu(x)) + mean(x). At the end: the sum of relu(h + relu(h)).
    const { y } = applied(residualCritic(one), rows(3, -5), { engine });
    expectClose(y, [8 * 12], 1e-6);
    const made = applied(residualGenerator(one), Value.of([0.25, -1], [2, 1]), { engine }).y;
    expectClose(made, [...Array(64).fill(Math.tanh(0.5)), ...Array(64).fill(0)], 1e-6);
  });

  it('of residual blocks have the sizes of the papers', () => {
    const form = { size: 64, channels: 3, filters: 4 } as const;
    const critic = residualCritic({ ...form, normalisation: undefined }).init(keyOf(1), [64, 64, 3]);
    // Two convolutions and a shortcut for each level, and two at what is left.
    expect(filtersOf(critic.weights).map(([side, , inputs, filters]) => [side, inputs, filters])).toEqual([
      ...[
        [3, 3, 4],
        [3, 4, 4],
        [1, 3, 4],
      ],
      ...[
        [3, 4, 4],
        [3, 4, 8],
        [1, 4, 8],
      ],
      ...[
        [3, 8, 8],
        [3, 8, 16],
        [1, 8, 16],
      ],
      ...[
        [3, 16, 16],
        [3, 16, 32],
        [1, 16, 32],
      ],
      [3, 32, 32],
      [3, 32, 32],
    ]);
    expect(critic.taps).toEqual({ features: [32] });
    const generator = residualGenerator(form).init(keyOf(1), [5]);
    expect(generator.shape).toEqual([64, 64, 3]);
  });

  it.each([residualCritic, residualGenerator])('of residual blocks take layers between (%o)', (make) => {
    const seen: string[] = [];
    const between = {
      8: (): Layer => ({
        init: (_, shape) => {
          seen.push(`${shape}`);
          return { weights: {}, buffers: {}, shape };
        },
        apply: ({ buffers }, x) => ({ y: x, buffers }),
      }),
    };
    const network = make({ size: [16, 32], channels: 1, filters: 2, between });
    network.init(keyOf(1), make === residualCritic ? [16, 32, 1] : [3]);
    expect(seen).toEqual(['8,16,2']);
  });

  it('refuse other ways to change the sides', () => {
    expect(() => convCritic({ ...one, downsampling: 'max' as 'average' })).toThrow(
      new RangeError('convCritic: downsampling: expected one of strided, average, got "max"'),
    );
    expect(() => convGenerator({ ...one, upsampling: 'linear' as 'nearest' })).toThrow(
      new RangeError('convGenerator: upsampling: expected one of transposed, nearest, got "linear"'),
    );
  });

  const image = { size: 16, channels: 1 } as const;
  it.each([
    [{ ...image, channels: 0 }, 'channels: expected a whole number from 1, got 0'],
    [{ ...image, channels: 1.5 }, 'channels: expected a whole number from 1, got 1.5'],
    [{ ...image, filters: 0 }, 'filters: expected a whole number from 1, got 0'],
  ])('refuse %j', (options, message) => {
    expect(() => convCritic(options)).toThrow(new RangeError(`convCritic: ${message}`));
    expect(() => convGenerator(options)).toThrow(new RangeError(`convGenerator: ${message}`));
  });

  it('refuse inputs of another rank', () => {
    expect(() => convCritic(image).init(keyOf(1), [2])).toThrow(
      'conv2d: expected inputs [height, width, channels], got [2]',
    );
    expect(() => convGenerator(image).init(keyOf(1), [2, 2])).toThrow(
      'dense: expected inputs of rank 1, got [2,2]; flatten() first',
    );
  });
});
