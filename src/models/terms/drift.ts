import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import type { CriticTerm } from './term.ts';

/**
 * `weight` times mean D(real)^2, so that the scores of a Wasserstein critic, which are free up to a
 * constant, stay near 0. Karras et al., https://arxiv.org/abs/1710.10196, appendix A.1.
 * @throws RangeError for a weight below 0
 */
export function drift(weight = 0.001): CriticTerm {
  finiteNumber('drift: weight', weight, 0);
  return {
    name: 'drift',
    add: ({ onReal }) => ({ loss: tf.mul(weight, tf.mean(tf.square(onReal.y))) }),
  };
}
