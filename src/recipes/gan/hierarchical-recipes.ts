import type { Dataset } from '../../data/index.ts';
import {
  bandGenerator,
  convCritic,
  convGenerator,
  drift,
  gradientPenalty,
  growing,
  lapgan,
  progressiveGan,
} from '../../models/index.ts';
import { inOrder, nCritic } from '../../streams/index.ts';
import { real, whole } from '../option.ts';
import { recipe } from '../recipe.ts';
import { averageOption, optimizersOf, updateOptions } from './optimizer-options.ts';

const sharedOptions = {
  ...updateOptions({ rate: 4e-4, average: 0.99 }),
  latent: whole('numbers of noise for each sample', 32, { unit: 'numbers', min: 1, max: 4096 }),
} as const;

/**
 * Side and channels of square images whose side is a power of 2 above `above`. @throws RangeError
 */
function squareOf(dataset: Dataset, above: number, most: number): readonly [number, number] {
  const [height = 0, width = 0, channels = 0] = dataset.shape;
  if (height === width && Number.isInteger(Math.log2(height)) && height > above && height <= most)
    return [height, channels];
  throw new RangeError(
    `data: expected square images whose side is a power of 2 above ${above}, up to ${most}, got ${dataset.name} of ${width}x${height}`,
  );
}

/** What the maps of a growing pair at the first side are divided by at each side. */
const narrowing = [1, 1.5, 3, 4, 6];

/** Recipes of several pairs, and of networks that grow. */
export const hierarchicalRecipes = [
  recipe({
    name: 'lapgan',
    summary: 'a Laplacian pyramid: a small GAN, and one for what each enlargement lacks',
    paper: 'Denton et al., Laplacian Pyramid of Adversarial Networks, arXiv:1506.05751',
    data: 'shapes',
    options: {
      ...sharedOptions,
      coarsest: whole('side of the smallest pictures: 8, 16 or 32', 8, { unit: 'pixels', min: 8, max: 32 }),
      filters: whole(
        'filters of the critics; the smallest generator has twice as many, the others two thirds',
        24,
        { unit: 'filters', min: 1, max: 1024 },
      ),
    },
    presets: { images: { steps: 24_000, batch: 64, options: {} } },
    build(values, dataset) {
      const { coarsest, filters, latent } = values;
      if (![8, 16, 32].includes(coarsest))
        throw new RangeError(`set coarsest: expected 8, 16 or 32, got ${coarsest}`);
      const [side, channels] = squareOf(dataset, coarsest, 64);
      const sides = Array.from({ length: Math.log2(side / coarsest) + 1 }, (_, k) => coarsest * 2 ** k);
      const critic = (size: number) =>
        convCritic({ size: size as 32, channels, filters, normalisation: undefined });
      const system = lapgan({
        coarsest: {
          critic: critic(coarsest),
          generator: convGenerator({ size: coarsest as 8, channels, filters: 2 * filters }),
          latent,
        },
        bands: sides.slice(1).map((size) => ({
          critic: critic(size),
          generator: bandGenerator({ channels, filters: Math.ceil((filters * 2) / 3) }),
        })),
        optimizers: optimizersOf(values),
        ...averageOption(values),
      });
      return { system, schedule: inOrder(system.players) };
    },
  }),
  recipe({
    name: 'progressive-gan',
    summary: 'networks that begin at 4x4 pixels and grow, each side faded in; pixel norm, equalised rates',
    paper: 'Karras et al., Progressive Growing of GANs, arXiv:1710.10196',
    data: 'shapes',
    options: {
      ...sharedOptions,
      'critic-steps': whole('critic updates for each generator update', 1, {
        unit: 'updates',
        min: 1,
        max: 1000,
      }),
      from: whole('side of the first pictures, a power of 2', 4, { unit: 'pixels', min: 4, max: 32 }),
      fade: whole('steps of all players in which a new side is faded in', 800, { unit: 'steps', min: 1 }),
      stay: whole('steps of all players at each side by itself, but for the last one', 800, {
        unit: 'steps',
        min: 1,
      }),
      filters: whole('maps at the first side; fewer at each next one', 48, {
        unit: 'filters',
        min: 1,
        max: 4096,
      }),
      convolutions: whole('convolutions of a block', 1, { unit: 'convolutions', min: 1, max: 2 }),
      penalty: real('weight of the gradient penalty', 10),
      drift: real('weight of the drift of real scores', 0.001),
    },
    presets: {
      images: {
        steps: 12_000,
        batch: 32,
        options: { 'critic-rate': 1e-3, 'generator-rate': 1e-3, beta1: 0, beta2: 0.99 },
      },
    },
    build(values, dataset) {
      const { from, fade, stay, filters, convolutions, latent } = values;
      const [to, colours] = squareOf(dataset, from, 64);
      const schedule = (...players: [string, string]) => nCritic(values['critic-steps'], players);
      const growth = growing({ from, to, fade, stay, schedule });
      const channels = Object.fromEntries(
        growth.sides.map((side, level) => [side, Math.ceil(filters / narrowing[level]!)]),
      );
      const system = progressiveGan({
        growth,
        channels,
        colours,
        convolutions,
        latent,
        penalties: [gradientPenalty(values.penalty), drift(values.drift)],
        optimizers: optimizersOf(values),
        ...averageOption(values),
      });
      return { system, schedule: growth.plan };
    },
  }),
];
