import { adam, wganGp as system } from '../../models/index.ts';
import { nCritic } from '../../streams/index.ts';
import { choice, real } from '../option.ts';
import { recipe } from '../recipe.ts';
import { networks, rateOf, wassersteinOptions } from './wasserstein-options.ts';

/** WGAN with gradient penalty on points and on images. */
export const wganGpRecipe = recipe({
  name: 'wgan-gp',
  summary: 'Wasserstein GAN whose critic is held near slope 1 by a gradient penalty',
  paper: 'Gulrajani et al., Improved Training of Wasserstein GANs, arXiv:1704.00028',
  data: 'grid25',
  options: {
    ...wassersteinOptions,
    penalty: real('weight of the gradient penalty (lambda)', 10),
    sided: choice('which slopes the penalty punishes', ['two', 'one'], 'two'),
    beta1: real("Adam's decay of the mean gradient", 0, 0, 0.9999),
    beta2: real("Adam's decay of the mean squared gradient", 0.9, 0, 0.99999),
  },
  presets: {
    points: {
      steps: 24_000,
      batch: 256,
      options: {
        'critic-steps': 1,
        latent: 2,
        width: 64,
        penalty: 0.1,
        'critic-rate': 4e-3,
        'generator-rate': 4e-3,
        'decay-from': 8_000,
        'decay-to': 24_000,
        beta2: 0.99,
        average: 0.998,
      },
    },
    images: {
      steps: 12_000,
      batch: 64,
      options: { 'critic-steps': 2, 'critic-rate': 3e-4, 'generator-rate': 3e-4, average: 0.99 },
    },
  },
  build: (values, dataset) => {
    const { 'critic-rate': critic, 'generator-rate': generator, beta1, beta2 } = values;
    const optimizer = (rate: number) => adam({ rate: rateOf(rate, values), beta1, beta2 });
    return {
      system: system({
        ...networks(values, dataset),
        latent: values.latent,
        penalty: values.penalty,
        sided: values.sided,
        optimizers: { critic: optimizer(critic), generator: optimizer(generator) },
        ...(values.average > 0 ? { average: values.average } : {}),
      }),
      schedule: nCritic(values['critic-steps']),
    };
  },
});
