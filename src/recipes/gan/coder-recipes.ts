import { given } from '../../base/index.ts';
import type { Dataset } from '../../data/index.ts';
import {
  ali,
  bigan,
  codes,
  concatCondition,
  dense,
  infoGan,
  mrgan,
  semiSupervised,
  vae,
  vaeGan,
} from '../../models/index.ts';
import { inOrder, nCritic } from '../../streams/index.ts';
import { real, whole } from '../option.ts';
import { fewLabels } from './few-labels.ts';
import { classesOf, ganRecipe, withoutRegularisation } from './gan-options.ts';

/** The critic of pairs: the code beside a point, beside the features of an image. */
const joint = (dataset: Dataset, latent: number) =>
  dataset.kind === 'points' ? { first: [concatCondition(latent)] } : { last: [concatCondition(latent)] };

/** Recipes with an encoder, with codes that mean something, or with a classifier for a critic. */
export const coderRecipes = [
  ganRecipe({
    name: 'bigan',
    summary: 'an encoder that inverts the generator, since a critic of pairs (x, z) would tell',
    paper: 'Donahue et al., Adversarial Feature Learning, arXiv:1605.09782',
    without: withoutRegularisation,
    options: {},
    build: ({ latent }, { critic, generator, encoder, ...settings }, dataset) =>
      bigan({
        ...settings,
        latent,
        critic: critic(joint(dataset, latent)),
        generator: generator(),
        encoder: encoder(latent),
      }),
  }),
  ganRecipe({
    name: 'ali',
    summary: 'the same with an encoder that draws the code from a Gaussian',
    paper: 'Dumoulin et al., Adversarially Learned Inference, arXiv:1606.00704',
    without: withoutRegularisation,
    options: {},
    build: ({ latent }, { critic, generator, encoder, ...settings }, dataset) =>
      ali({
        ...settings,
        latent,
        critic: critic(joint(dataset, latent)),
        generator: generator(),
        encoder: encoder(2 * latent),
      }),
  }),
  ganRecipe({
    name: 'mrgan',
    summary: 'an encoder that reminds the generator of every mode of the data',
    paper: 'Che et al., Mode Regularized Generative Adversarial Networks, arXiv:1612.02136',
    without: withoutRegularisation,
    options: {
      geometric: real('weight of the squared distance of an example from its reconstruction', 0.2),
      mode: real('weight of what the critic thinks of reconstructions', 0.4),
    },
    presets: { images: { options: { geometric: 0.01 } } },
    build: ({ latent, geometric, mode }, { critic, generator, encoder, ...settings }) =>
      mrgan({
        ...settings,
        latent,
        geometric,
        mode,
        critic: critic(),
        generator: generator(),
        encoder: encoder(latent),
      }),
  }),
  ganRecipe({
    name: 'vae',
    summary: 'the variational autoencoder, for comparison: no critic, blurred images',
    paper: 'Kingma and Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114',
    options: {
      deviation: real('standard deviation of the data about the reconstruction', 0.05, { min: 1e-9 }),
    },
    presets: { images: { options: { deviation: 0.5, 'generator-rate': 1e-3 } } },
    without: [
      'critic-steps',
      'critic-below',
      'critic-rate',
      'average',
      'average-warm-up',
      'critic-normalisation',
      ...withoutRegularisation,
    ],
    schedule: () => inOrder(['coder']),
    build: ({ latent, deviation }, { generator, encoder, optimizers }) =>
      vae({
        latent,
        deviation,
        optimizer: optimizers.generator,
        generator: generator(),
        encoder: encoder(2 * latent),
      }),
  }),
  ganRecipe({
    name: 'vae-gan',
    summary: 'an autoencoder that measures likeness in the features of a critic',
    paper: 'Larsen et al., Autoencoding beyond Pixels using a Learned Similarity Metric, arXiv:1512.09300',
    without: withoutRegularisation,
    options: { likeness: real('weight of likeness in the loss of the generator (gamma)', 0.01) },
    schedule: ({ 'critic-steps': steps }) =>
      inOrder([...Array.from({ length: steps }, () => 'critic'), 'generator', 'encoder']),
    build: ({ latent, likeness }, { critic, generator, encoder, optimizers, ...settings }) =>
      vaeGan({
        ...settings,
        latent,
        likeness,
        critic: critic(),
        generator: generator(),
        encoder: encoder(2 * latent),
        optimizers: { ...optimizers, encoder: optimizers.generator },
      }),
  }),
  ganRecipe({
    name: 'info-gan',
    summary: 'codes that become meaningful, since the critic must predict them from the sample',
    paper: 'Chen et al., InfoGAN, arXiv:1606.03657',
    options: {
      categories: whole('categories of the code; 0 takes as many as the data has classes', 0, {
        unit: 'categories',
        max: 1000,
      }),
      continuous: whole('continuous codes', 0, { unit: 'codes', max: 100 }),
      information: real('weight of the bound on mutual information (lambda)', 1),
    },
    presets: { images: { options: { continuous: 2 } } },
    build: (values, { critic, generator, ...settings }, dataset) => {
      const { latent, continuous, information: weight } = values;
      const categories = values.categories === 0 ? classesOf(dataset) : values.categories;
      return infoGan({
        ...settings,
        critic: critic(),
        generator: generator(),
        information: { weight },
        codes: codes({ noise: latent, categories, continuous }),
      });
    },
  }),
  ganRecipe({
    name: 'semi-supervised',
    summary: 'a classifier of few labels and many examples; the generator matches its features',
    paper: 'Salimans et al., Improved Techniques for Training GANs, arXiv:1606.03498',
    data: 'ring8',
    options: {
      labels: whole('labelled examples of each class', 10, { unit: 'examples', min: 1, max: 10_000 }),
      blur: real('deviation of the noise on what the critic is trained with', 0),
      'unlabelled-weight': real('weight of the examples without labels', 1),
    },
    presets: { images: { options: { blur: 0.3, average: 0 } } },
    // Its generator has no metric `fakeAccuracy`.
    without: ['critic-below', ...withoutRegularisation],
    schedule: ({ 'critic-steps': steps }) => nCritic(steps),
    build: (values, { critic, generator, average, ...settings }, dataset) => {
      const { labels, blur, 'unlabelled-weight': unlabelledWeight } = values;
      return semiSupervised({
        ...settings,
        blur,
        unlabelledWeight,
        labelled: fewLabels(dataset, labels),
        critic: critic({ head: dense(classesOf(dataset)) }),
        generator: generator(),
        ...given({ average }),
      });
    },
  }),
];
