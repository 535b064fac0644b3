import type { Dataset } from '../../data/index.ts';
import { type Layer, layerNorm, rmsprop, wgan } from '../../models/index.ts';
import { choice, real } from '../option.ts';
import { type Bodies, ganRecipe } from './gan-options.ts';
import { optimizersOf } from './optimizer-options.ts';

/** The option for the normalisation of a critic that scores each example by itself. */
export const normalisationOption = choice('normalisation of the critic (images)', ['none', 'layer'], 'layer');

/** The critic of a Wasserstein GAN: on images with the normalisation that the option names. */
export function wassersteinCritic(
  { critic }: Pick<Bodies, 'critic'>,
  normalisation: 'none' | 'layer',
  dataset: Dataset,
): Layer {
  if (dataset.kind === 'points') return critic();
  return critic({ normalisation: normalisation === 'layer' ? layerNorm : undefined });
}

/** WGAN with weight clipping on points and on images. */
export const wganRecipe = ganRecipe({
  name: 'wgan',
  summary: 'Wasserstein GAN whose critic is kept Lipschitz by clipping its weights',
  paper: 'Arjovsky et al., Wasserstein GAN, arXiv:1701.07875',
  without: ['critic-below', 'beta1', 'beta2'],
  firstWeights: 'layers',
  options: {
    normalisation: normalisationOption,
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
      critic: wassersteinCritic(settings, values.normalisation, dataset),
      generator: generator(),
      clip: values.clip,
      optimizers: optimizersOf(values, (rate) => rmsprop({ rate })),
    }),
});
