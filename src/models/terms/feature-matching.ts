import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { requireTap, tapOf } from '../layers/tap.ts';
import type { GeneratorTerm } from './term.ts';

/**
 * Feature matching: the squared distance between the mean features of real and of fake examples in
 * the critic, by the tap `features`. Salimans et al., https://arxiv.org/abs/1606.03498, section
 * 3.1, whose code takes the mean over the features where the paper has the sum. Alone, as there,
 * with `criticOnly(nonSaturating())`. Reports `featureDistance` (not weighted).
 * @throws RangeError for a weight below 0
 */
export function featureMatching(weight = 1): GeneratorTerm {
  finiteNumber('featureMatching: weight', weight, 0);
  const means = (features: tf.Tensor) => tf.mean(tf.reshape(features, [features.shape[0]!, -1]), 0);
  return {
    name: 'feature matching',
    check: ({ networks }) => requireTap(networks.critic, 'features'),
    inputs: ({ examples }) => ({ real: examples }),
    add({ critic, onFake, pack, condition, inputs }) {
      const onReal = critic(pack(inputs.real!), condition);
      const difference = tf.sub(means(tapOf(onReal.taps, 'features')), means(tapOf(onFake.taps, 'features')));
      const featureDistance = tf.mean(tf.square(difference));
      return { loss: tf.mul(weight, featureDistance), values: { featureDistance } };
    },
  };
}
