import * as tf from '@tensorflow/tfjs-core';
import { flatten } from '../../engine/index.ts';
import type { CriticTerm } from '../systems/term.ts';
import { tapOf } from './feature-matching.ts';

/** Costs nothing, and tells `spectralNorm`: the largest singular value among the kernels under `spectralNorm` in the critic. */
export function spectralNorms(): CriticTerm {
  return {
    name: 'spectral norms',
    add({ critic }) {
      const sigmas = [...flatten(critic.remembered())]
        .filter(([path]) => path.endsWith('/sigma'))
        .map(([, sigma]) => sigma);
      if (sigmas.length === 0)
        throw new TypeError('spectralNorms: expected a critic with spectralNorm, got one without');
      return { loss: tf.scalar(0), values: { spectralNorm: tf.max(tf.stack(sigmas)) } };
    },
  };
}

/** Costs nothing, and tells `attentionGamma`: how much of the critic's attention is added to what it attends to. */
export function attentionGamma(): CriticTerm {
  return {
    name: 'attention',
    add: ({ onReal }) => ({
      loss: tf.scalar(0),
      values: { attentionGamma: tapOf(onReal.taps, 'attentionGamma') },
    }),
  };
}
