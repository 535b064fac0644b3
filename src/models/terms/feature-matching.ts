import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, oneOf } from '../../base/index.ts';
import { requireTap, tapOf } from '../layers/tap.ts';
import { meanAbsoluteError, meanSquaredError } from '../losses/distances.ts';
import type { GeneratorTerm } from './term.ts';

/** Options of feature matching. */
export interface FeatureMatchingOptions {
  /** Mean absolute, or mean squared, difference of the means. @default 'l2' */
  readonly metric?: 'l1' | 'l2';
}

const metrics = { l1: meanAbsoluteError, l2: meanSquaredError };

/**
 * Feature matching: the distance between the mean features of real and of fake examples in the
 * critic, by the tap `features`. Salimans et al., https://arxiv.org/abs/1606.03498, section 3.1, in
 * L2, whose code takes the mean over the features where the paper has the sum. Alone, as there,
 * with `criticOnly(nonSaturating())`. Reports `featureDistance` (not weighted).
 * @throws RangeError naming the option that is wrong
 */
export function featureMatching(weight = 1, { metric = 'l2' }: FeatureMatchingOptions = {}): GeneratorTerm {
  finiteNumber('featureMatching: weight', weight, 0);
  const measure = metrics[oneOf('featureMatching: metric', metric, ['l1', 'l2'] as const)];
  const means = (features: tf.Tensor) => tf.mean(tf.reshape(features, [features.shape[0]!, -1]), 0);
  return {
    name: 'feature matching',
    check: ({ networks }) => requireTap(networks.critic, 'features'),
    inputs: ({ examples }) => ({ real: examples }),
    add({ critic, onFake, pack, condition, inputs }) {
      const onReal = critic(pack(inputs.real!), condition);
      const featureDistance = measure(
        means(tapOf(onReal.taps, 'features')),
        means(tapOf(onFake.taps, 'features')),
      );
      return { loss: tf.mul(weight, featureDistance), values: { featureDistance } };
    },
  };
}
