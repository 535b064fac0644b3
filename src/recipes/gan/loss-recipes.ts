import {
  fDivergence,
  gan,
  goodfellow,
  hinge,
  jensenShannon,
  kullbackLeibler,
  leastSquares,
  minimax,
  neyman,
  nonSaturating,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariation,
} from '../../models/index.ts';
import { choice, real } from '../option.ts';
import { ganRecipe } from './gan-options.ts';

const divergences = [
  kullbackLeibler,
  reverseKullbackLeibler,
  pearson,
  neyman,
  squaredHellinger,
  jensenShannon,
  goodfellow,
  totalVariation,
];

/** One recipe for each adversarial loss, on networks that are otherwise the same. */
export const lossRecipes = [
  ganRecipe({
    name: 'gan',
    summary: 'the first GAN, its generator with the loss that does not saturate',
    paper: 'Goodfellow et al., Generative Adversarial Nets, arXiv:1406.2661',
    options: {},
    build: (_, { critic, generator, ...settings }) =>
      gan({
        name: 'gan',
        critic: critic(),
        generator: generator(),
        loss: nonSaturating(),
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'gan-minimax',
    summary: 'the first GAN as a pure game: the loss of its generator saturates',
    paper: 'Goodfellow et al., Generative Adversarial Nets, arXiv:1406.2661',
    options: {},
    build: (_, { critic, generator, ...settings }) =>
      gan({
        name: 'gan-minimax',
        critic: critic(),
        generator: generator(),
        loss: minimax(),
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'lsgan',
    summary: 'least squares between scores and targets in place of cross-entropy',
    paper: 'Mao et al., Least Squares Generative Adversarial Networks, arXiv:1611.04076',
    options: {},
    build: (_, { critic, generator, ...settings }) =>
      gan({
        name: 'lsgan',
        critic: critic(),
        generator: generator(),
        loss: leastSquares(),
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'hinge-gan',
    summary: 'a critic that stops caring beyond a margin',
    paper: 'Lim and Ye, Geometric GAN, arXiv:1705.02894',
    options: {},
    build: (_, { critic, generator, ...settings }) =>
      gan({
        name: 'hinge-gan',
        critic: critic(),
        generator: generator(),
        loss: hinge(),
        ...settings,
      }),
  }),
  ganRecipe({
    name: 'ttur',
    summary:
      'the two time-scale update rule: hinge loss, one step each, a critic that learns four times as fast',
    paper: 'Heusel et al., GANs Trained by a Two Time-Scale Update Rule, arXiv:1706.08500',
    options: {},
    presets: {
      points: { options: { 'generator-rate': 2.5e-4 } },
      images: { options: { 'critic-rate': 4e-4, 'generator-rate': 1e-4 } },
    },
    build: (_, { critic, generator, ...settings }) =>
      gan({ name: 'ttur', critic: critic(), generator: generator(), loss: hinge(), ...settings }),
  }),
  ganRecipe({
    name: 'f-gan',
    summary: 'the game of any f-divergence, by its variational bound',
    paper: 'Nowozin et al., f-GAN, arXiv:1606.00709',
    options: {
      divergence: choice(
        'what the critic estimates and the generator minimises',
        divergences.map(({ name }) => name),
        'jensen-shannon',
      ),
      practical: choice('whether the generator maximises its activated scores', ['yes', 'no'], 'yes'),
    },
    build: ({ divergence, practical }, { critic, generator, ...settings }) => {
      const of = divergences.find(({ name }) => name === divergence)!;
      const loss = fDivergence(of, { practical: practical === 'yes' });
      return gan({ name: 'f-gan', critic: critic(), generator: generator(), loss, ...settings });
    },
  }),
  ganRecipe({
    name: 'label-smoothing',
    summary: 'one-sided label smoothing: a critic that is never asked to be sure of what is real',
    paper: 'Salimans et al., Improved Techniques for Training GANs, arXiv:1606.03498',
    options: { smoothing: real('what is taken from the target of real examples', 0.1, 0, 1) },
    build: ({ smoothing }, { critic, generator, ...settings }) =>
      gan({
        name: 'label-smoothing',
        critic: critic(),
        generator: generator(),
        loss: nonSaturating({ smoothing }),
        ...settings,
      }),
  }),
];
