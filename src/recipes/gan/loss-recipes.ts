import {
  fDivergence,
  goodfellow,
  hinge,
  jensenShannon,
  kullbackLeibler,
  leastSquares,
  minimax,
  neyman,
  nonSaturating,
  pearson,
  relativisticAverage,
  relativisticPaired,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariation,
} from '../../models/index.ts';
import { choice, real } from '../option.ts';
import { composedRecipe } from './gan-options.ts';
import { regularisationOptions } from './regularisation-options.ts';

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

const relativisticBases = {
  'non-saturating': () => nonSaturating(),
  hinge,
  'least-squares': () => leastSquares({ real: 1, fake: -1 }),
};

const goodfellowEtAl = 'Goodfellow et al., Generative Adversarial Nets, arXiv:1406.2661';

/** One recipe for each adversarial loss, on networks that are otherwise the same. */
export const lossRecipes = [
  composedRecipe({
    name: 'gan',
    summary: 'the first GAN, with the loss of its generator that does not saturate',
    paper: goodfellowEtAl,
    options: {},
    parts: () => ({ loss: nonSaturating() }),
  }),
  composedRecipe({
    name: 'gan-minimax',
    summary: 'the first GAN as a minimax game: the loss of its generator saturates',
    paper: goodfellowEtAl,
    options: {},
    parts: () => ({ loss: minimax() }),
  }),
  composedRecipe({
    name: 'lsgan',
    summary: 'least squares between scores and targets in place of cross-entropy',
    paper: 'Mao et al., Least Squares Generative Adversarial Networks, arXiv:1611.04076',
    options: {},
    parts: () => ({ loss: leastSquares() }),
  }),
  composedRecipe({
    name: 'hinge-gan',
    summary: 'hinge loss: scores beyond the margin have no gradient in the critic',
    paper: 'Lim and Ye, Geometric GAN, arXiv:1705.02894',
    options: {},
    parts: () => ({ loss: hinge() }),
  }),
  composedRecipe({
    name: 'relativistic-gan',
    summary: 'the critic says how much more real an example is than those of the other side',
    paper: 'Jolicoeur-Martineau, The Relativistic Discriminator, arXiv:1807.00734',
    options: {
      pairing: choice(
        'what a score is taken relative to: the mean score of the other side, or one of its scores',
        ['average', 'paired'],
        'average',
      ),
      of: choice(
        'loss of the relative scores; least-squares has the targets 1 and -1',
        ['non-saturating', 'hinge', 'least-squares'],
        'non-saturating',
      ),
    },
    parts: ({ pairing, of }) => {
      const relative = pairing === 'average' ? relativisticAverage : relativisticPaired;
      return { loss: relative(relativisticBases[of]()) };
    },
  }),
  composedRecipe({
    name: 'r3gan',
    summary: 'relativistic loss of pairs with R1 and R2: a game that converges without other tricks',
    paper: 'Huang et al., The GAN is dead; long live the GAN!, arXiv:2501.05441',
    options: { 'penalty-kind': { ...regularisationOptions['penalty-kind'], fallback: 'r1-r2' } },
    presets: {
      points: { options: { penalty: 1, beta1: 0, beta2: 0.99 } },
      images: { options: { penalty: 1, beta1: 0, beta2: 0.99 } },
    },
    parts: () => ({ loss: relativisticPaired() }),
  }),
  composedRecipe({
    name: 'ttur',
    summary:
      'two time-scale update rule: hinge loss, one step each, four times the learning rate in the critic',
    paper: 'Heusel et al., GANs Trained by a Two Time-Scale Update Rule, arXiv:1706.08500',
    options: {},
    presets: {
      points: { options: { 'generator-rate': 2.5e-4 } },
      images: { options: { 'critic-rate': 4e-4, 'generator-rate': 1e-4 } },
    },
    parts: () => ({ loss: hinge() }),
  }),
  composedRecipe({
    name: 'f-gan',
    summary: 'the game of any f-divergence, by its variational bound',
    paper: 'Nowozin et al., f-GAN, arXiv:1606.00709',
    options: {
      divergence: choice(
        'the divergence that the critic estimates and the generator minimises',
        divergences.map(({ name }) => name),
        'jensen-shannon',
      ),
      practical: choice('whether the generator maximises its activated scores', ['yes', 'no'], 'yes'),
    },
    parts({ divergence, practical }) {
      const of = divergences.find(({ name }) => name === divergence)!;
      return { loss: fDivergence(of, { practical: practical === 'yes' }) };
    },
  }),
  composedRecipe({
    name: 'label-smoothing',
    summary: 'one-sided label smoothing: the target of real examples is below 1',
    paper: 'Salimans et al., Improved Techniques for Training GANs, arXiv:1606.03498',
    options: { smoothing: real('subtracted from the target of real examples', 0.1, { max: 1 }) },
    parts: ({ smoothing }) => ({ loss: nonSaturating({ smoothing }) }),
  }),
];
