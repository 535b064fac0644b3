import {
  criticOnly,
  featureMatching,
  gan,
  historicalAveraging,
  minibatchDeviation,
  minibatchDiscrimination,
  nonSaturating,
  unrolled,
  virtualBatch,
  virtualBatchNorm,
} from '../../models/index.ts';
import { real, whole } from '../option.ts';
import { ganRecipe } from './gan-options.ts';

const improved = 'Salimans et al., Improved Techniques for Training GANs, arXiv:1606.03498';

/** Recipes for what was invented against mode collapse and circling, each added to the same GAN. */
export const collapseRecipes = [
  ganRecipe({
    name: 'feature-matching',
    summary: 'a generator that matches the mean features of the critic, and nothing else',
    paper: improved,
    options: {},
    build: (_, { critic, generator, ...settings }) =>
      gan({
        name: 'feature-matching',
        critic: critic(),
        generator: generator(),
        loss: criticOnly(nonSaturating()),
        terms: [featureMatching()],
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'minibatch-discrimination',
    summary: 'a critic that sees how near each example is to the others of its batch',
    paper: improved,
    options: {
      rows: whole('numbers beside the features of each example', 5, 1, 1024),
      columns: whole('numbers that each of them compares', 3, 1, 1024),
    },
    build: ({ rows, columns }, { critic, generator, ...settings }) =>
      gan({
        name: 'minibatch-discrimination',
        generator: generator(),
        loss: nonSaturating(),
        critic: critic({ last: [minibatchDiscrimination({ rows, columns })] }),
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'minibatch-deviation',
    summary: 'a critic that sees how much its batch varies',
    paper: 'Karras et al., Progressive Growing of GANs, arXiv:1710.10196',
    options: {},
    build: (_, { critic, generator, ...settings }) =>
      gan({
        name: 'minibatch-deviation',
        generator: generator(),
        loss: nonSaturating(),
        critic: critic({ last: [minibatchDeviation()] }),
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'pacgan',
    summary: 'a critic that judges several examples side by side',
    paper: 'Lin et al., PacGAN: the Power of Two Samples, arXiv:1712.04086',
    options: { packing: whole('examples that are judged together', 2, 1, 16) },
    presets: { points: { options: { 'critic-rate': 2e-3, 'generator-rate': 2e-3 } } },
    build: ({ packing }, { critic, generator, ...settings }) =>
      gan({
        name: 'pacgan',
        critic: critic(),
        generator: generator(),
        loss: nonSaturating(),
        packing,
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'historical-averaging',
    summary: 'players that pay for leaving the mean of their past weights',
    paper: improved,
    options: { weight: real('weight of the squared distance', 1e-3) },
    build: ({ weight }, { critic, generator, optimizers, ...settings }) =>
      gan({
        name: 'historical-averaging',
        critic: critic(),
        generator: generator(),
        loss: nonSaturating(),
        ...settings,
        optimizers: {
          critic: historicalAveraging(optimizers.critic, weight),
          generator: historicalAveraging(optimizers.generator, weight),
        },
      }),
  }),
  ganRecipe({
    name: 'virtual-batch-norm',
    summary: 'a generator normalised by a reference batch, so that no sample hears of its neighbours',
    paper: improved,
    options: { reference: whole('examples of the reference batch', 64, 1, 1024) },
    build: ({ reference }, { critic, generator, ...settings }) =>
      gan({
        name: 'virtual-batch-norm',
        critic: critic(),
        loss: nonSaturating(),
        generator: virtualBatch(reference, generator({ normalisation: () => virtualBatchNorm(reference) })),
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'unrolled-gan',
    summary: 'a generator that foresees some steps of the critic, small networks only',
    paper: 'Metz et al., Unrolled Generative Adversarial Networks, arXiv:1611.02163',
    options: {
      steps: whole('steps of the critic that are foreseen', 5, 1, 20),
      'foreseen-rate': real('learning rate of the foreseen steps', 0.01, 1e-9),
    },
    presets: { points: { options: { 'critic-rate': 1e-4 } }, images: undefined },
    build: ({ steps, 'foreseen-rate': rate }, { critic, generator, ...settings }) => {
      const loss = nonSaturating();
      return gan({
        name: 'unrolled-gan',
        critic: critic(),
        generator: generator(),
        loss: criticOnly(loss),
        terms: [unrolled({ loss, steps, rate })],
        ...settings,
      });
    },
  }),
];
