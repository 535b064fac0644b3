import type { Dataset } from '../../data/index.ts';
import {
  convCritic,
  convGenerator,
  type Layer,
  layerNorm,
  mlpCritic,
  mlpGenerator,
  type Rate,
} from '../../models/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';

/** The options that WGAN and WGAN-GP share: networks, schedule and learning rates. */
export const wassersteinOptions = {
  'critic-steps': whole('critic updates for each generator update', 5, 1, 1000),
  'critic-rate': real('learning rate of the critic', 1e-4),
  'generator-rate': real('learning rate of the generator', 1e-4),
  'decay-from': whole('step from which both learning rates fall', 0),
  'decay-to': whole('step at which they reach zero; 0 keeps them as they are', 0),
  average: real(
    'decay of the moving average of the generator that samples are drawn from; 0 draws from the generator itself',
    0,
    0,
    0.99999,
  ),
  latent: whole('numbers of noise for each sample', 64, 1, 4096),
  width: whole('units of a hidden layer (points)', 128, 1, 8192),
  depth: whole('hidden layers (points)', 3, 1, 64),
  filters: whole('filters of the widest resolution (images)', 32, 1, 1024),
  normalisation: choice('normalisation of the critic (images)', ['none', 'layer'], 'layer'),
} as const;

const normalisations = { none: undefined, layer: layerNorm };

/** The learning rate over the steps of a run: constant, then falling in a straight line to zero. */
export function rateOf(rate: number, decay: { 'decay-from': number; 'decay-to': number }): Rate {
  const { 'decay-from': from, 'decay-to': to } = decay;
  if (to === 0) return rate;
  if (to <= from)
    throw new RangeError(`--set decay-to: expected 0 or more than decay-from (${from}), got ${to}`);
  return (step) => rate * Math.min(1, Math.max(0, (to - step) / (to - from)));
}

/**
 * Critic and generator for the data: dense for points, convolutional for images of 16, 28 or 32
 * pixels.
 */
export function networks(
  values: ValuesOf<typeof wassersteinOptions>,
  dataset: Dataset,
): { critic: Layer; generator: Layer } {
  const { width, depth, filters, normalisation } = values;
  if (dataset.kind === 'points') {
    return {
      critic: mlpCritic({ width, depth }),
      generator: mlpGenerator({ width, depth, outputs: dataset.shape[0]! }),
    };
  }
  const [height = 0, across = 0, channels = 0] = dataset.shape;
  if (height !== across || ![16, 28, 32].includes(height)) {
    throw new RangeError(
      `--data: expected square images of 16, 28 or 32 pixels, got ${dataset.name} of ${across}x${height}`,
    );
  }
  const size = height as 16 | 28 | 32;
  return {
    critic: convCritic({ size, channels, filters, normalisation: normalisations[normalisation] }),
    generator: convGenerator({ size, channels, filters }),
  };
}
