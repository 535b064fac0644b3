import { given, wholeNumber } from '../../base/index.ts';
import type { Dataset } from '../../data/index.ts';
import {
  type Adversaries,
  batchNorm,
  dense,
  type GanOptions,
  gan,
  type Layer,
  type MlpOptions,
  mlpCritic,
  mlpGenerator,
  normal,
  type System,
  torchInitial,
} from '../../models/index.ts';
import { above, nCritic, type Schedule } from '../../streams/index.ts';
import { type Options, real, type ValuesOf, whole } from '../option.ts';
import { type GanRecipe, type Preset, recipe } from '../recipe.ts';
import {
  imageCritic,
  imageGenerator,
  imageNetworkOptions,
  imageOf,
  refuseOfImages,
} from './image-network-options.ts';
import { averageOption, optimizerOptions, optimizersOf } from './optimizer-options.ts';
import { regularisationOf, regularisationOptions } from './regularisation-options.ts';

/** The options that all recipes of a critic and a generator share. */
export const ganOptions = {
  'critic-steps': whole('critic updates for each generator update', 1, {
    unit: 'updates',
    min: 1,
    max: 1000,
  }),
  'critic-below': real(
    'the critic takes its steps only while its accuracy on fake examples is below this; 1: always',
    1,
    { max: 1 },
  ),
  ...optimizerOptions,
  ...regularisationOptions,
  latent: whole('numbers of noise for each sample', 2, { unit: 'numbers', min: 1, max: 4096 }),
  width: whole('units of a hidden layer (points)', 128, { unit: 'units', min: 1, max: 8192 }),
  depth: whole('hidden layers (points); halvings of the sides, 0 for as many as leave 4 pixels (images)', 3, {
    unit: 'layers',
    max: 64,
  }),
  filters: whole(
    'filters at the highest resolution; each halving doubles them, up to eightfold (images)',
    32,
    {
      unit: 'filters',
      min: 1,
      max: 1024,
    },
  ),
  ...imageNetworkOptions,
} as const;

/** The values of the shared options. */
export type GanValues = ValuesOf<typeof ganOptions>;

/** Layers that a technique puts into a network for points or images alike. */
export interface Inserts {
  readonly normalisation?: (() => Layer) | undefined;
  readonly constraint?: (layer: Layer) => Layer;
  readonly first?: readonly Layer[];
  readonly last?: readonly Layer[];
  readonly head?: Layer;
  /** By side of the image. */
  readonly between?: Readonly<Record<number, () => Layer>>;
}

/**
 * First weights: `paper` for those of PyTorch (points) and DCGAN (images), `layers` for the
 * defaults of the layers.
 */
export type FirstWeights = 'paper' | 'layers';

/** Networks for a dataset, with the layers that a technique adds. */
export interface Bodies {
  critic(inserts?: Inserts): Layer;
  generator(inserts?: Inserts): Layer;
  /** From one example to so many numbers, by a body like the critic's. */
  encoder(outputs: number): Layer;
}

/** Dense networks for points: hidden ReLU layers. */
function pointBodies(values: GanValues, dataset: Dataset, first: FirstWeights): Bodies {
  refuseOfImages(values, dataset);
  const { width, depth } = values;
  wholeNumber('set depth', depth, 1);
  const body = ({ between: _, normalisation, ...inserts }: Inserts): MlpOptions => ({
    width,
    depth,
    ...(first === 'paper' && { initial: torchInitial }),
    ...given({ normalisation }),
    ...inserts,
  });
  return {
    critic: (inserts = {}) => mlpCritic(body(inserts)),
    generator: (inserts = {}) => mlpGenerator({ ...body(inserts), outputs: dataset.shape[0]! }),
    encoder: (outputs) => mlpGenerator({ ...body({}), outputs }),
  };
}

/** Convolutional networks for images. */
function imageBodies(values: GanValues, dataset: Dataset, first: FirstWeights): Bodies {
  const kernel = first === 'paper' && { kernel: normal(0.02) };
  const image = { ...imageOf(values, dataset), ...kernel };
  return {
    critic: (inserts = {}) => imageCritic(values, { ...image, normalisation: undefined, ...inserts }),
    generator: (inserts = {}) => imageGenerator(values, { ...image, ...inserts }),
    encoder: (outputs) =>
      imageCritic(
        { ...values, 'critic-normalisation': 'auto' },
        { ...image, normalisation: batchNorm, head: dense(outputs, { kernel: normal(0.02) }) },
      ),
  };
}

/** Dense networks for points, convolutional ones for images. */
export function bodiesOf(values: GanValues, dataset: Dataset, first: FirstWeights = 'paper'): Bodies {
  return dataset.kind === 'points'
    ? pointBodies(values, dataset, first)
    : imageBodies(values, dataset, first);
}

/** All that the options say of a GAN but its networks and its loss. */
export function settingsOf(
  values: GanValues,
  dataset: Pick<Dataset, 'kind' | 'name'>,
): Pick<Adversaries, 'latent' | 'optimizers' | 'average' | 'penalties' | 'augmentations'> {
  return {
    latent: values.latent,
    optimizers: optimizersOf(values),
    ...averageOption(values),
    ...regularisationOf(values, dataset),
  };
}

/**
 * The options that recipes of other systems than `gan()` leave out: they have no such terms.
 */
export const withoutRegularisation = Object.keys(
  regularisationOptions,
) as readonly (keyof typeof regularisationOptions)[];

/** The number of classes of a dataset. @throws RangeError when it has none */
export function classesOf(dataset: Dataset): number {
  if (dataset.classes === undefined)
    throw new RangeError(`data: expected data with classes, got ${dataset.name}, which has none`);
  return dataset.classes.length;
}

const kinds = {
  points: {
    steps: 12_000,
    batch: 128,
    options: { width: 64, 'decay-from': 5_000, 'decay-to': 12_000, average: 0.99 },
  },
  images: {
    steps: 10_000,
    batch: 64,
    options: { depth: 0, latent: 64, 'critic-rate': 2e-4, 'generator-rate': 2e-4, average: 0.99 },
  },
} satisfies Record<string, Preset>;

/** What differs between recipes for GANs. */
export interface GanRecipeOptions<O extends Options>
  extends Omit<GanRecipe<O>, 'kind' | 'presets' | 'data' | 'build'> {
  /** @default 'ring8' */
  readonly data?: string;
  /**
   * Values that differ from the shared preset of the kind; a kind set to `undefined` is refused.
   */
  readonly presets?: Partial<Record<'points' | 'images', Partial<Preset> | undefined>>;
  /** Shared options that reach nothing in this recipe, so it does not take them. */
  readonly without?: readonly (keyof typeof ganOptions)[];
  /** @default 'paper' */
  readonly firstWeights?: FirstWeights;
  /** The schedule. @default `critic-steps` steps of the critic to one of the generator */
  schedule?(values: ValuesOf<O> & GanValues): Schedule;
  build(
    values: ValuesOf<O> & GanValues,
    parts: Bodies & ReturnType<typeof settingsOf>,
    dataset: Dataset,
  ): System;
}

/** A recipe with the shared options and presets beside its own. */
export function ganRecipe<O extends Options>(definition: GanRecipeOptions<O>): GanRecipe {
  const { presets = {}, data = 'ring8', options, without = [], build } = definition;
  const { schedule = (values: GanValues) => nCritic(values['critic-steps']) } = definition;
  const unused = new Map<string, number | string>(without.map((name) => [name, ganOptions[name].fallback]));
  const complete = (['points', 'images'] as const)
    .filter((kind) => !(kind in presets) || presets[kind] !== undefined)
    .map((kind) => {
      const own = presets[kind] ?? {};
      const values = Object.entries({ ...kinds[kind].options, ...own.options });
      const used = values.filter(([name]) => !unused.has(name));
      return [kind, { ...kinds[kind], ...own, options: Object.fromEntries(used) }];
    });
  const shared = Object.entries(ganOptions).filter(([name]) => !unused.has(name));
  return recipe<Options>({
    ...definition,
    data,
    options: { ...Object.fromEntries(shared), ...options },
    presets: Object.fromEntries(complete),
    build(given, dataset) {
      const values = { ...Object.fromEntries(unused), ...given } as ValuesOf<O> & GanValues;
      const system = build(
        values,
        { ...bodiesOf(values, dataset, definition.firstWeights), ...settingsOf(values, dataset) },
        dataset,
      );
      const bound = values['critic-below'];
      const ahead = {
        player: 'critic',
        instead: 'generator',
        when: above('generator', 'fakeAccuracy', bound),
      };
      return { system, schedule: schedule(values), gates: bound < 1 ? [ahead] : [] };
    },
  });
}

/** What a recipe of one `gan()` puts in addition to, or in place of, the shared parts. */
type OwnParts = Pick<GanOptions, 'loss'> & Partial<GanOptions>;

/** A recipe whose system is one `gan()` under the name of the recipe. */
export function composedRecipe<O extends Options>({
  parts,
  ...definition
}: Omit<GanRecipeOptions<O>, 'build'> & {
  parts(
    values: ValuesOf<O> & GanValues,
    shared: Bodies & ReturnType<typeof settingsOf>,
    dataset: Dataset,
  ): OwnParts;
}): GanRecipe {
  return ganRecipe<O>({
    ...definition,
    build(values, shared, dataset) {
      const { critic, generator, encoder: _, ...settings } = shared;
      const own = parts(values, shared, dataset);
      return gan({
        name: definition.name,
        ...settings,
        ...own,
        critic: own.critic ?? critic(),
        generator: own.generator ?? generator(),
      });
    },
  });
}
