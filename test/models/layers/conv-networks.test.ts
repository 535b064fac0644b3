import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, Value } from '../../../src/engine/index.ts';
import {
  batchNorm,
  type ConvCriticOptions,
  convCritic,
  convGenerator,
  type Initializer,
  type Layer,
} from '../../../src/models/index.ts';
import { applied, engines, noise } from '../support.ts';

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

  const image = { size: 16, channels: 1 } as const;
  it.each([
    [{ ...image, size: 24 as 32 }, 'size: expected one of 8, 16, 28, 32, 64, got "24"'],
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
