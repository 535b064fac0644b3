import { describe, expect, it } from 'vitest';
import { flatten, keyOf, Value } from '../../../src/engine/index.ts';
import { batchNorm, type ConvCriticOptions, convCritic, convGenerator } from '../../../src/models/index.ts';
import { applied, engines, noise } from '../support.ts';

const engine = engines.wasm;
const sizes = [16, 28, 32] as const;
const forms = sizes.flatMap((size) => [1, 3].map((channels) => ({ size, channels, filters: 2 })));

/** The shapes of the filters of a network, in order. */
const filtersOf = (tree: Parameters<typeof flatten>[0]) =>
  [...flatten(tree).values()].map((leaf) => (leaf as Value).shape).filter(({ length }) => length === 4);

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
    const { y, memory } = applied(generator, z, { initial, engine, training: true });
    expect(y.shape).toEqual([3, ...image]);
    expect(y.data.every((pixel) => Math.abs(pixel) <= 1)).toBe(true);
    expect(y.data.some((pixel) => Math.abs(pixel) > 0.1)).toBe(true);
    expect(memory).not.toEqual(initial.memory);
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
    expect((flatten(generator.weights).get('0/kernel') as Value).shape).toEqual([10, 4 * 4 * 16]);
  });

  it('have 64 filters at the highest resolution unless told', () => {
    const { weights } = convCritic({ size: 16, channels: 1 }).init(keyOf(1), [16, 16, 1]);
    expect(filtersOf(weights)[0]).toEqual([4, 4, 1, 64]);
  });

  it('normalise behind every convolution of the critic but the first, or nowhere', () => {
    const gains = (options: Pick<ConvCriticOptions, 'normalisation'>) => {
      const critic = convCritic({ size: 32, channels: 1, filters: 2, ...options });
      return [...flatten(critic.init(keyOf(1), [32, 32, 1]).weights)]
        .filter(([path]) => path.endsWith('gain'))
        .map(([, { shape }]) => shape);
    };
    expect(gains({})).toEqual([[4], [8]]);
    expect(gains({ normalisation: batchNorm })).toEqual([[4], [8]]);
    expect(gains({ normalisation: undefined })).toEqual([]);
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
    [{ ...image, size: 64 as 32 }, 'size: expected one of 16, 28, 32, got "64"'],
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
