import {
  criticOnly,
  featureMatching,
  historicalAveraging,
  minibatchDeviation,
  minibatchDiscrimination,
  nonSaturating,
  unrolled,
  virtualBatch,
  virtualBatchNorm,
} from '../../models/index.ts';
import { choice, real, whole } from '../option.ts';
import { composedRecipe } from './gan-options.ts';

const improved = 'Salimans et al., Improved Techniques for Training GANs, arXiv:1606.03498';

/** Recipes of techniques against mode collapse and oscillation, each added to the same GAN. */
export const collapseRecipes = [
  composedRecipe({
    name: 'feature-matching',
    summary: 'the generator matches the mean features of the critic, and has no other loss',
    paper: improved,
    options: {
      metric: choice('distance of the mean features: absolute, or squared', ['l1', 'l2'], 'l2'),
    },
    parts: ({ metric }) => ({ loss: criticOnly(nonSaturating()), terms: [featureMatching(1, { metric })] }),
  }),
  composedRecipe({
    name: 'minibatch-discrimination',
    summary: 'the critic gets how near each example is to the others of its batch',
    paper: improved,
    options: {
      rows: whole('numbers that are added to the features of each example', 5, {
        unit: 'numbers',
        min: 1,
        max: 1024,
      }),
      columns: whole('numbers that each of them compares', 3, { unit: 'numbers', min: 1, max: 1024 }),
    },
    parts: ({ rows, columns }, { critic }) => ({
      loss: nonSaturating(),
      critic: critic({ last: [minibatchDiscrimination({ rows, columns })] }),
    }),
  }),
  composedRecipe({
    name: 'minibatch-deviation',
    summary: 'the critic gets the standard deviation of its batch',
    paper: 'Karras et al., Progressive Growing of GANs, arXiv:1710.10196',
    options: {},
    parts: (_, { critic }) => ({ loss: nonSaturating(), critic: critic({ last: [minibatchDeviation()] }) }),
  }),
  composedRecipe({
    name: 'pacgan',
    summary: 'a critic that judges several examples side by side',
    paper: 'Lin et al., PacGAN: the Power of Two Samples, arXiv:1712.04086',
    options: {
      packing: whole('examples that are judged together', 2, { unit: 'examples', min: 1, max: 16 }),
    },
    presets: { points: { options: { 'critic-rate': 2e-3, 'generator-rate': 2e-3 } } },
    parts: ({ packing }) => ({ loss: nonSaturating(), packing }),
  }),
  composedRecipe({
    name: 'historical-averaging',
    summary: 'a penalty on the distance of the weights from the mean of their past',
    paper: improved,
    options: { weight: real('weight of the squared distance', 1e-3) },
    parts: ({ weight }, { optimizers }) => ({
      loss: nonSaturating(),
      optimizers: {
        critic: historicalAveraging(optimizers.critic, weight),
        generator: historicalAveraging(optimizers.generator, weight),
      },
    }),
  }),
  composedRecipe({
    name: 'virtual-batch-norm',
    summary: 'a generator normalised by a reference batch, so that samples do not depend on each other',
    paper: improved,
    options: {
      reference: whole('examples of the reference batch', 64, { unit: 'examples', min: 1, max: 1024 }),
    },
    without: ['generator-normalisation'],
    parts: ({ reference }, { generator }) => ({
      loss: nonSaturating(),
      generator: virtualBatch(reference, generator({ normalisation: () => virtualBatchNorm(reference) })),
    }),
  }),
  composedRecipe({
    name: 'unrolled-gan',
    summary: 'a generator whose loss looks some steps of the critic ahead, small networks only',
    paper: 'Metz et al., Unrolled Generative Adversarial Networks, arXiv:1611.02163',
    options: {
      steps: whole('steps of the critic that are looked ahead', 5, { unit: 'updates', min: 1, max: 20 }),
      'foreseen-rate': real('learning rate of these steps', 0.01, { min: 1e-9 }),
    },
    presets: { points: { options: { 'critic-rate': 1e-4 } }, images: undefined },
    parts({ steps, 'foreseen-rate': rate }) {
      const loss = nonSaturating();
      return { loss: criticOnly(loss), terms: [unrolled({ loss, steps, rate })] };
    },
  }),
];
