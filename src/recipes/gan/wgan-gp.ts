import { gan, wasserstein } from '../../models/index.ts';
import { choice } from '../option.ts';
import { ganRecipe } from './gan-options.ts';
import { regularisationOf, regularisationOptions } from './regularisation-options.ts';
import { wassersteinCritic } from './wgan.ts';

/** WGAN with gradient penalty on points and on images. */
export const wganGpRecipe = ganRecipe({
  name: 'wgan-gp',
  summary: 'Wasserstein GAN whose critic is held near slope 1 by a gradient penalty',
  paper: 'Gulrajani et al., Improved Training of Wasserstein GANs, arXiv:1704.00028',
  data: 'grid25',
  without: ['critic-below'],
  firstWeights: 'layers',
  options: {
    'penalty-kind': { ...regularisationOptions['penalty-kind'], fallback: 'gradient' as const },
    sided: choice('which slopes penalty-kind gradient punishes', ['two', 'one'], 'two'),
  },
  presets: {
    points: {
      steps: 24_000,
      batch: 256,
      options: {
        'critic-rate': 4e-3,
        'generator-rate': 4e-3,
        'decay-from': 8_000,
        'decay-to': 24_000,
        beta1: 0,
        beta2: 0.99,
        average: 0.998,
        penalty: 0.1,
      },
    },
    images: {
      steps: 12_000,
      options: { 'critic-steps': 2, 'critic-rate': 3e-4, 'generator-rate': 3e-4, beta1: 0, beta2: 0.9 },
    },
  },
  build(values, { critic, generator, encoder: _, ...settings }, dataset) {
    if (values['critic-normalisation'] === 'batch' && values['penalty-kind'] !== 'none')
      throw new RangeError(
        'set critic-normalisation: expected auto, none, layer, instance, group or pixel, since the ' +
          'penalty is one of each example (section 4 of the paper), got batch',
      );
    return gan({
      name: 'wgan-gp',
      ...settings,
      ...regularisationOf(values, dataset, values.sided),
      loss: wasserstein(),
      critic: wassersteinCritic({ critic }, dataset),
      generator: generator(),
    });
  },
});
