import type { Dataset } from '../../data/index.ts';
import { type Layer, layerNorm, rmsprop, wgan } from '../../models/index.ts';
import { real } from '../option.ts';
import { type Bodies, ganRecipe } from './gan-options.ts';
import { optimizersOf } from './optimizer-options.ts';

/** The critic of a Wasserstein GAN: on images with layer normalisation. */
export function wassersteinCritic({ critic }: Pick<Bodies, 'critic'>, dataset: Dataset): Layer {
  return dataset.kind === 'points' ? critic() : critic({ normalisation: layerNorm });
}

/** WGAN with weight clipping on points and on images. */
export const wganRecipe = ganRecipe({
  name: 'wgan',
  summary: 'Wasserstein GAN whose critic is kept Lipschitz by clipping its weights',
  paper: 'Arjovsky et al., Wasserstein GAN, arXiv:1701.07875',
  without: ['critic-below', 'beta1', 'beta2'],
  firstWeights: 'layers',
  options: {
    clip: real('bound of every weight and bias of the critic', 0.01, { min: 1e-9 }),
  },
  presets: {
    points: {
      steps: 18_000,
      options: {
        'critic-steps': 5,
        'critic-rate': 5e-5,
        'generator-rate': 5e-5,
        'decay-from': 0,
        'decay-to': 0,
        average: 0,
        width: 128,
      },
    },
    images: {
      steps: 20_000,
      options: { 'critic-steps': 5, 'critic-rate': 5e-5, 'generator-rate': 5e-5, average: 0 },
    },
  },
  build: (values, { generator, ...settings }, dataset) =>
    wgan({
      ...settings,
      critic: wassersteinCritic(settings, dataset),
      generator: generator(),
      clip: values.clip,
      optimizers: optimizersOf(values, (rate) => rmsprop({ rate })),
    }),
});
