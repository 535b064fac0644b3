import * as tf from '@tensorflow/tfjs-core';
import { flattenTree, type Tree, type Value } from '../../engine/index.ts';
import { requireTap, tapOf } from '../layers/tap.ts';
import type { CriticGauge } from './term.ts';

/**
 * `spectralNorm`: the largest singular value among the kernels under `spectralNorm` in the critic.
 */
export function spectralNorms(): CriticGauge {
  return {
    name: 'spectral norms',
    check({ networks }) {
      if (sigmasOf(networks.critic!.buffers).length === 0)
        throw new TypeError('spectralNorms: expected a critic with spectralNorm, got one without');
    },
    read: ({ critic }) => ({ spectralNorm: tf.max(tf.stack(sigmasOf(critic.buffers()))) }),
  };
}

function sigmasOf<Leaf extends tf.Tensor | Value>(buffers: Tree<Leaf>): Leaf[] {
  return [...flattenTree(buffers)].filter(([path]) => path.endsWith('/sigma')).map(([, sigma]) => sigma);
}

/** `attentionGamma`: the weight of the attention in the critic, gamma of `selfAttention`. */
export function attentionGamma(): CriticGauge {
  return {
    name: 'attention',
    check: ({ networks }) => requireTap(networks.critic, 'attentionGamma'),
    read: ({ onReal }) => ({ attentionGamma: tapOf(onReal.taps, 'attentionGamma') }),
  };
}
