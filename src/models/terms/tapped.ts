import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { requireTap, tapOf } from '../layers/tap.ts';
import type { GeneratorTerm } from './term.ts';

/**
 * A named output of a generator layer as a cost: `weight` times its mean. Reports the mean under
 * the name of the tap, as `kl`; with weight 0 it only reports.
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
