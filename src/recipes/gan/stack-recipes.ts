import type { Dataset } from '../../data/index.ts';
import {
  adam,
  batchNorm,
  concatCondition,
  conv2d,
  convCritic,
  convGenerator,
  dense,
  gaussian,
  leakyRelu,
  mlpCritic,
  mlpGenerator,
  normalsByAngle,
  patchCritic,
  plainTranslator,
  relu,
  type StackLevel,
  sequential,
  stackedGan,
  stackPlayers,
  stylePlayers,
  styleStructure,
  torchInitial,
  unitVectors,
} from '../../models/index.ts';
import { inOrder, phases } from '../../streams/index.ts';
import { real, type ValuesOf, whole } from '../option.ts';
import { recipe } from '../recipe.ts';
import { classesOf } from './gan-options.ts';
import { averageOption, optimizerOf, optimizersOf, updateOptions } from './optimizer-options.ts';

const shared = updateOptions({ average: 0.99 });

const stackOptions = {
  ...shared,
  'encoder-rate': real('learning rate of the classifier', 1e-3),
  'encoder-steps': whole('steps of the phase in which the classifier learns', 1_000, {
    unit: 'steps',
    min: 1,
  }),
  'apart-steps': whole('steps of the phase in which the levels learn on true features', 8_000, {
    unit: 'steps',
    min: 1,
  }),
  entropy: real('weight of finding the noise again', 10),
  conditional: real('weight of finding the features again', 1),
  features: whole('features of the classifier below its classes', 64, {
    unit: 'features',
    min: 1,
    max: 4096,
  }),
  latent: whole('numbers of noise for each level', 16, { unit: 'numbers', min: 1, max: 4096 }),
  width: whole('units of a hidden layer (points, and the level of features)', 128, {
    unit: 'units',
    min: 1,
    max: 8192,
  }),
  depth: whole('hidden layers (points, and the level of features)', 2, { unit: 'layers', min: 1, max: 64 }),
  filters: whole('filters of the widest resolution (images)', 24, { unit: 'filters', min: 1, max: 1024 }),
} as const;

/** The level between examples and features. */
function lowestLevel(
  { features, latent, width, depth, filters }: ValuesOf<typeof stackOptions>,
  dataset: Dataset,
): StackLevel {
  const guess = dense(latent);
  const first = [concatCondition(features)];
  if (dataset.kind === 'points') {
    const form = { width, depth, initial: torchInitial };
    return {
      encoder: sequential([mlpGenerator({ ...form, outputs: features }), relu()]),
      generator: mlpGenerator({ ...form, first, outputs: dataset.shape[0]! }),
      critic: mlpCritic(form),
      guess,
    };
  }
  const image = { ...squareOf(dataset), filters };
  return {
    encoder: sequential([convCritic({ ...image, normalisation: undefined, head: dense(features) }), relu()]),
    generator: convGenerator({ ...image, first }),
    critic: convCritic({ ...image, normalisation: undefined }),
    guess,
  };
}

const sides = [8, 16, 28, 32, 64] as const;

/** Square images of a side that the convolutional networks know. @throws RangeError for others */
function squareOf({ name, shape: [height = 0, width = 0, channels = 0] }: Dataset) {
  const size = sides.find((side) => side === height && side === width);
  if (size !== undefined) return { size, channels };
  throw new RangeError(
    `data: expected square images of ${sides.join(', ')} pixels, got ${name} of ${width}x${height}`,
  );
}

const conv3 = (filters: number) => conv2d(filters, { kernelSize: 3, stride: 1 });

/** Recipes of GANs in phases, each on what the one before has learned. */
export const stackRecipes = [
  recipe({
    name: 'stacked-gan',
    summary: 'a classifier inverted level by level: from class to features, from features to examples',
    paper: 'Huang et al., Stacked Generative Adversarial Networks, arXiv:1612.04357',
    data: 'shapes:16',
    options: stackOptions,
    presets: {
      points: { steps: 15_000, batch: 100, options: { features: 16, latent: 4, width: 64 } },
      images: {
        steps: 15_000,
        batch: 100,
        options: { 'critic-rate': 3e-4, 'generator-rate': 3e-4 },
      },
    },
    build(values, dataset) {
      const { entropy, conditional, features, latent, width, depth } = values;
      const classes = classesOf(dataset);
      const top: StackLevel = {
        encoder: dense(classes),
        generator: sequential([
          mlpGenerator({
            width,
            depth,
            first: [concatCondition(classes)],
            normalisation: batchNorm,
            outputs: features,
            initial: torchInitial,
          }),
          relu(),
        ]),
        critic: mlpCritic({ width, depth, activation: () => leakyRelu(0.2), initial: torchInitial }),
        guess: dense(latent),
      };
      const system = stackedGan({
        levels: [lowestLevel(values, dataset), top],
        shape: dataset.shape,
        classes,
        latent,
        entropy,
        conditional,
        optimizers: {
          encoder: adam({ rate: values['encoder-rate'] }),
          ...optimizersOf(values),
        },
        ...averageOption(values),
      });
      const players = stackPlayers(2);
      const schedule = phases([
        { name: 'encoder', steps: values['encoder-steps'], schedule: inOrder(players.encoder) },
        { name: 'apart', steps: values['apart-steps'], schedule: inOrder(players.apart) },
        { name: 'together', schedule: inOrder(players.together) },
      ]);
      return { system, schedule };
    },
  }),
  recipe({
    name: 'style-structure',
    summary: 'surface normals from noise, images from normals, and a network that must read them back',
    paper: 'Wang and Gupta, Generative Image Modeling using Style and Structure (S2-GAN), arXiv:1603.05631',
    data: 'scenes:16',
    options: {
      ...shared,
      'reader-rate': real('learning rate of the network that reads normals', 1e-3),
      'joint-rate': real('learning rate of all in the last phase', 1e-5),
      'reader-steps': whole('steps of the phase in which normals are read', 700, { unit: 'steps', min: 1 }),
      'structure-steps': whole('steps of the phase in which normals are made', 4_000, {
        unit: 'steps',
        min: 1,
      }),
      'style-steps': whole('steps of the phase in which images of true normals are made', 4_000, {
        unit: 'steps',
        min: 1,
      }),
      normals: real('weight of the normals that are read back from an image', 1),
      through: real("weight of the style's loss in the structure's, in the last phase", 0.1),
      latent: whole('numbers of noise for the normals', 64, { unit: 'numbers', min: 1, max: 4096 }),
      'style-latent': whole('numbers of noise for the style', 8, { unit: 'numbers', min: 1, max: 4096 }),
      filters: whole('filters of the widest resolution', 24, { unit: 'filters', min: 1, max: 1024 }),
    },
    presets: { images: { steps: 9_700, batch: 32, options: {} } },
    build(values, dataset) {
      const { normals, through, latent, filters } = values;
      if (dataset.parts?.normals === undefined || dataset.shape.at(-1) !== 3)
        throw new RangeError(`data: expected colour images with normals (scenes), got ${dataset.name}`);
      const { size, channels } = squareOf(dataset);
      const image = { size, channels, filters };
      const style = values['style-latent'];
      const system = styleStructure({
        shape: dataset.shape,
        reader: sequential([
          ...[1, 2].flatMap(() => [conv3(filters), leakyRelu(0.2)]),
          conv3(3),
          unitVectors(),
        ]),
        structure: {
          generator: convGenerator({ ...image, output: unitVectors }),
          critic: convCritic({ ...image, normalisation: undefined }),
          latent: gaussian(latent),
        },
        style: {
          generator: plainTranslator({
            channels,
            filters,
            convolutions: 3,
            normalisation: 'batch',
            first: [concatCondition(style)],
          }),
          critic: patchCritic({ side: size, filters }),
          latent: gaussian(style),
        },
        reading: normalsByAngle(normals),
        through,
        optimizers: {
          reader: adam({ rate: values['reader-rate'] }),
          ...optimizersOf(values),
          joint: optimizerOf(values['joint-rate'], values),
        },
        ...averageOption(values),
      });
      const schedule = phases([
        { name: 'reader of normals', steps: values['reader-steps'], schedule: inOrder(stylePlayers.reader) },
        { name: 'structure', steps: values['structure-steps'], schedule: inOrder(stylePlayers.structure) },
        { name: 'style', steps: values['style-steps'], schedule: inOrder(stylePlayers.style) },
        { name: 'together', schedule: inOrder(stylePlayers.together) },
      ]);
      return { system, schedule };
    },
  }),
];
