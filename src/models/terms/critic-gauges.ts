import * as tf from '@tensorflow/tfjs-core';
import { flattenTree, type Tree, type Value } from '../../engine/index.ts';
import { requireTap, tapOf } from '../layers/tap.ts';
import type { CriticTerm } from './term.ts';

/**
 * Adds 0 to the loss and reports `spectralNorm`: the largest singular value among the kernels under
 * `spectralNorm` in the critic.
 */
export function spectralNorms(): CriticTerm {
  return {
    name: 'spectral norms',
    check({ networks }) {
      if (sigmasOf(networks.critic!.buffers).length === 0) throw withoutNorm();
    },
    add({ critic }) {
      const sigmas = sigmasOf(critic.buffers());
      if (sigmas.length === 0) throw withoutNorm();
      return { loss: tf.scalar(0), values: { spectralNorm: tf.max(tf.stack(sigmas)) } };
    },
  };
}

function sigmasOf<Leaf extends tf.Tensor | Value>(buffers: Tree<Leaf>): Leaf[] {
  return [...flattenTree(buffers)].filter(([path]) => path.endsWith('/sigma')).map(([, sigma]) => sigma);
}

const withoutNorm = () =>
  new TypeError('spectralNorms: expected a critic with spectralNorm, got one without');

/**
 * Adds 0 to the loss and reports `attentionGamma`: how much of the critic's attention is added to
 * what it attends to.
 */
export function attentionGamma(): CriticTerm {
  return {
    name: 'attention',
    check: ({ networks }) => requireTap(networks.critic, 'attentionGamma'),
    add: ({ onReal }) => ({
      loss: tf.scalar(0),
      values: { attentionGamma: tapOf(onReal.taps, 'attentionGamma') },
    }),
  };
}
