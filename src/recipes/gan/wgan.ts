import { rmsprop, wgan as system } from '../../models/index.ts';
import { nCritic } from '../../streams/index.ts';
import { real } from '../option.ts';
import { recipe } from '../recipe.ts';
import { networks, rateOf, wassersteinOptions } from './wasserstein-options.ts';

/** WGAN with weight clipping on points and on images. */
export const wganRecipe = recipe({
  name: 'wgan',
  summary: 'Wasserstein GAN whose critic is kept Lipschitz by clipping its weights',
  paper: 'Arjovsky et al., Wasserstein GAN, arXiv:1701.07875',
  data: 'ring8',
  options: {
    ...wassersteinOptions,
    clip: real('bound of every weight and bias of the critic', 0.01, 1e-9),
  },
  presets: {
    points: {
      steps: 18_000,
      batch: 128,
      options: { latent: 2, 'critic-rate': 5e-5, 'generator-rate': 5e-5 },
    },
    images: { steps: 20_000, batch: 64, options: { 'critic-rate': 5e-5, 'generator-rate': 5e-5 } },
  },
  build: (values, dataset) => {
    return {
      system: system({
        ...networks(values, dataset),
        latent: values.latent,
        clip: values.clip,
        optimizers: {
          critic: rmsprop({ rate: rateOf(values['critic-rate'], values) }),
          generator: rmsprop({ rate: rateOf(values['generator-rate'], values) }),
        },
        ...(values.average > 0 ? { average: values.average } : {}),
      }),
      schedule: nCritic(values['critic-steps']),
    };
  },
});
