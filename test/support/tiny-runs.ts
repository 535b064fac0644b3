import type { Engine } from '../../src/engine/index.ts';
import { findRecipe, recipes } from '../../src/recipes/index.ts';
import { record } from '../../src/runs/index.ts';
import { Run } from '../../src/streams/index.ts';

/** How a recipe is made tiny beyond what all have in common. */
interface Tiny {
  /** What tells it from others of the recipe. */
  readonly label?: string;
  readonly recipe: string;
  readonly data?: string;
  readonly steps?: number;
  readonly set?: Readonly<Record<string, number | string>>;
}

/** Small sizes and short phases, for recipes that have the option. */
const small: Readonly<Record<string, number | string>> = {
  width: 8,
  depth: 1,
  filters: 4,
  'refiner-filters': 4,
  features: 8,
  'encoder-steps': 1,
  'apart-steps': 2,
  'reader-steps': 1,
  'structure-steps': 2,
  'style-steps': 2,
  'stage-one-steps': 3,
  fade: 2,
  stay: 2,
  history: 8,
  'num-envs': 2,
  'rollout-steps': 8,
  minibatch: 8,
  epochs: 1,
  longest: 20,
  warmup: 1,
};

const withData: Readonly<Record<string, Omit<Tiny, 'recipe'>>> = {
  dcgan: { data: 'shapes:16' },
  sagan: { data: 'shapes:16' },
  lapgan: { data: 'shapes:16' },
  // Ends while a side is faded in. Over two channels, pixel norm divides by next to nothing.
  'progressive-gan': { data: 'shapes:16', steps: 3, set: { filters: 8 } },
  'text-gan': { data: 'shapes:16' },
  'stack-gan': { data: 'shapes:16', steps: 6 },
  'stacked-gan': { steps: 12 },
  'style-structure': { steps: 8 },
};

/** A tiny run of every recipe, and some by other data or options. */
export const tinyRuns: readonly Tiny[] = [
  ...recipes.map(({ name }) => ({ recipe: name, ...withData[name] })),
  { recipe: 'wgan-gp', label: 'images', data: 'shapes:16' },
  {
    recipe: 'wgan-gp',
    label: 'means, repeated pixels, groups',
    data: 'shapes:16',
    set: {
      depth: 2,
      'kernel-size': 5,
      downsampling: 'average',
      upsampling: 'nearest',
      'critic-normalisation': 'group',
      'generator-normalisation': 'pixel',
    },
  },
  { recipe: 'sn-gan', label: 'residual', data: 'shapes:16', set: { network: 'residual', depth: 2 } },
  { recipe: 'vae-gan', label: 'images', data: 'shapes:16' },
  { recipe: 'cgan', label: 'images', data: 'shapes:16' },
  { recipe: 'projection-gan', label: 'images', data: 'shapes:16' },
  {
    recipe: 'stack-gan',
    label: 'stage I, a reader that learns',
    data: 'shapes:16',
    steps: 2,
    set: { reader: 'gru' },
  },
  { recipe: 'pix2pix', label: 'U-Net', set: { generator: 'u-net' } },
  { recipe: 'info-gan', label: 'codes', set: { categories: 4, continuous: 1 } },
  {
    recipe: 'gan',
    label: 'augmentation, lazy penalty and a rising average',
    data: 'shapes:16',
    set: {
      augment: 'color,translation,cutout,flip',
      'penalty-kind': 'r1-r2',
      'penalty-every': 2,
      average: 0.9,
      'average-warm-up': 'yes',
    },
  },
  { recipe: 'dcgan', label: 'relativistic', data: 'shapes:16', set: { loss: 'relativistic-average' } },
  { recipe: 'cart-pole-dqn', label: 'dueling', set: { dueling: 'yes' } },
];

/** The name of a tiny run in a test. */
export const tinyName = ({ recipe, label }: Tiny): string =>
  label === undefined ? recipe : `${recipe} (${label})`;

/** Records a tiny run in a directory. */
export async function recordTiny(
  dir: string,
  { recipe, data, steps = 4, set = {} }: Tiny,
  engine: Engine | string = 'cpu',
): Promise<void> {
  const { kind, options } = findRecipe(recipe);
  const common = Object.entries(small).filter(([name]) => name in options);
  await record(new Run(), {
    recipe,
    dir,
    engine,
    ...(data !== undefined && { data }),
    ...(kind === 'gan' ? { batch: 8, steps } : { steps: 'num-envs' in options ? 2 : 200 }),
    set: { ...Object.fromEntries(common), ...set },
  });
}
