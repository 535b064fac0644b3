import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import type { GeneratorTerm } from '../systems/term.ts';
import { requireTap, tapOf } from './feature-matching.ts';

/**
 * Something that a layer of the generator shows, as a cost: `weight` times its mean. Tells the mean under the name of the tap, as
 * `kl`; with weight 0 it only tells.
 */
export function tapped(name: string, weight: number): GeneratorTerm {
  finiteNumber('tapped: weight', weight, 0);
  return {
    name: `tapped ${name}`,
    check: ({ networks }) => requireTap(networks.generator, name),
    add({ made }) {
      const mean = tf.mean(tapOf(made.taps, name));
      return { loss: tf.mul(weight, mean), values: { [name]: mean } };
    },
  };
}
