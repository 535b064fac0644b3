import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { tapOf } from '../layers/tap.ts';
import { meanSquaredError } from '../losses/distances.ts';
import type { GeneratorTerm } from './term.ts';

/** Options of the entropy term. */
export interface EntropyOfNoiseOptions {
  /** The head on the critic's `features` that guesses the noise. */
  readonly head: string;
  /** The input that holds the noise, [count, size]. */
  readonly noise: string;
  /** @default 10 */
  readonly weight?: number;
}

/**
 * How badly a head on the critic's features guesses the noise that an example was made of, a term
 * of both players: a generator that ignores its noise cannot be guessed. By a Gaussian Q of fixed
 * deviation it bounds the entropy H(x | h) of what is made of a condition h from below. Huang et
 * al., Stacked Generative Adversarial Networks, https://arxiv.org/abs/1612.04357, whose entropy
 * loss it is. Reports `noiseError`, the mean squared error: 1/12 for noise of U(0, 1) that leaves
 * no trace.
 * @throws RangeError naming the option that is wrong
 */
export function entropyOfNoise({ head, noise, weight = 10 }: EntropyOfNoiseOptions): GeneratorTerm {
  finiteNumber('entropyOfNoise: weight', weight, 0);
  return {
    name: 'entropy of noise',
    add({ heads, onFake, inputs }) {
      const guess = heads[head]!(tapOf(onFake.taps, 'features')).y;
      const noiseError = meanSquaredError(guess, inputs[noise]!);
      return { loss: tf.mul(weight, noiseError), values: { noiseError } };
    },
  };
}
