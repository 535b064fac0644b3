import type { Dataset } from '../../data/index.ts';
import {
  type Adversaries,
  attentionGamma,
  batchNorm,
  byLabel,
  conditionalBatchNorm,
  projection,
  selfAttention,
  spectralNorm,
  spectralNorms,
} from '../../models/index.ts';
import { whole } from '../option.ts';
import { type Bodies, classesOf, composedRecipe } from './gan-options.ts';
import { lossOf, lossOption } from './regularisation-options.ts';

/** Recipes of whole image models; those whose parts also go with points have a preset for them. */
export const imageRecipes = [
  composedRecipe({
    name: 'dcgan',
    summary: 'the convolutional GAN: strides, batch normalisation in both networks, leaky ReLU in the critic',
    paper: 'Radford et al., Deep Convolutional GANs, arXiv:1511.06434',
    data: 'idx:fashion-mnist',
    options: { loss: lossOption('non-saturating') },
    presets: { points: undefined, images: { options: { latent: 100 } } },
    parts: ({ loss }, { critic }) => ({
      loss: lossOf(loss),
      critic: critic({ normalisation: () => batchNorm() }),
    }),
  }),
  composedRecipe({
    name: 'sn-gan',
    summary: 'a critic whose every layer is divided by its largest singular value, hinge loss',
    paper: 'Miyato et al., Spectral Normalization for GANs, arXiv:1802.05957',
    options: { loss: lossOption('hinge') },
    presets: {
      points: { options: { beta1: 0, beta2: 0.9, 'generator-rate': 2.5e-4 } },
      images: { options: { beta1: 0, beta2: 0.9, 'critic-steps': 2 } },
    },
    parts: ({ loss }, { critic }) => ({
      loss: lossOf(loss),
      gauges: [spectralNorms()],
      critic: critic({ constraint: spectralNorm }),
    }),
  }),
  composedRecipe({
    name: 'sagan',
    summary: 'self-attention and spectral normalisation in both networks, hinge loss, two time scales',
    paper: 'Zhang et al., Self-Attention Generative Adversarial Networks, arXiv:1805.08318',
    data: 'idx:fashion-mnist',
    options: {
      loss: lossOption('hinge'),
      'attention-at': whole('side of the image at which positions attend to each other', 0, {
        unit: 'pixels',
        max: 32,
      }),
    },
    // Where the data has classes, they come in by the generator's normalisation.
    without: ['generator-normalisation'],
    presets: {
      points: undefined,
      images: { options: { beta1: 0, beta2: 0.9, 'critic-rate': 4e-4, 'generator-rate': 1e-4 } },
    },
    parts: ({ loss, 'attention-at': at }, bodies, dataset) => ({
      loss: lossOf(loss),
      gauges: [attentionGamma(), spectralNorms()],
      ...saganNetworks(bodies, dataset, at),
    }),
  }),
];

/**
 * Networks with attention at a side of the image (half the side for 0) and spectral normalisation;
 * conditional where the data has classes.
 */
export function saganNetworks(
  { critic, generator }: Bodies,
  dataset: Dataset,
  at: number,
): Pick<Adversaries, 'critic' | 'generator' | 'conditioning'> {
  const side = at === 0 ? dataset.shape[0]! / 2 : at;
  const inserts = { constraint: spectralNorm, between: { [side]: () => spectralNorm(selfAttention()) } };
  if (dataset.classes === undefined) return { critic: critic(inserts), generator: generator(inserts) };
  const classes = classesOf(dataset);
  return {
    conditioning: byLabel(classes),
    critic: critic({ ...inserts, head: projection(classes) }),
    generator: generator({ ...inserts, normalisation: () => conditionalBatchNorm(classes) }),
  };
}
