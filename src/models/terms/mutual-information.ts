import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { requireTap, tapOf } from '../layers/tap.ts';
import { requireSingle } from './require-single.ts';
import type { GeneratorTerm } from './term.ts';

/** How a latent is divided: plain noise, one categorical code, continuous codes, in this order. */
export interface CodeLayout {
  /** Numbers of plain noise. */
  readonly noise: number;
  /** Categories of the categorical code, drawn evenly; 0 where there is none. */
  readonly categories: number;
  /** Numbers of the continuous codes. */
  readonly continuous: number;
}

/** Options of the mutual information of codes. */
export interface MutualInformationOptions {
  /** Weight of the categorical code, lambda. @default 1 */
  readonly weight?: number;
  /** Weight of the continuous codes. @default 0.1 */
  readonly continuous?: number;
}

/**
 * A lower bound of the mutual information between codes and what is made of them, by the head
 * `codes`, which guesses the codes from the critic's features: E[log Q(c|x)] + H(c), in nats. For
 * continuous codes Q is a Gaussian of deviation 1, which leaves half the squared error. A term of
 * both players. Chen et al., "InfoGAN", https://arxiv.org/abs/1606.03657, equations 5 and 6.
 *
 * Reports `mutualInformation` (of the categorical code; at most ln categories) and `codeError`
 * (mean squared, of the continuous ones).
 * @throws RangeError naming the option that is wrong
 */
export function mutualInformation(codes: CodeLayout, options: MutualInformationOptions = {}): GeneratorTerm {
  const { weight = 1, continuous: continuousWeight = 0.1 } = options;
  finiteNumber('mutualInformation: weight', weight, 0);
  finiteNumber('mutualInformation: continuous', continuousWeight, 0);
  const { noise, categories, continuous } = codes;
  return {
    name: 'mutual information',
    check({ networks, packing }) {
      requireSingle('mutualInformation', packing);
      requireTap(networks.critic, 'features');
      const guess = networks.codes?.shape ?? [];
      if (guess.join() !== String(categories + continuous))
        throw new RangeError(
          `mutualInformation: head codes: expected [${categories + continuous}] for an example, got [${guess}]`,
        );
    },
    add({ heads, onFake, inputs }) {
      const guess = heads.codes!(tapOf(onFake.taps, 'features')).y as tf.Tensor2D;
      const drawn = inputs.noise as tf.Tensor2D;
      const column = (of: tf.Tensor2D, from: number, width: number) => tf.slice(of, [0, from], [-1, width]);
      let loss: tf.Tensor = tf.scalar(0);
      const values: Record<string, tf.Tensor> = {};
      if (categories > 0) {
        const likelihood = tf.mul(
          column(drawn, noise, categories),
          tf.logSoftmax(column(guess, 0, categories)),
        );
        values.mutualInformation = tf.add(tf.mean(tf.sum(likelihood, 1)), Math.log(categories));
        loss = tf.sub(loss, tf.mul(weight, values.mutualInformation));
      }
      if (continuous > 0) {
        const missed = tf.sub(
          column(drawn, noise + categories, continuous),
          column(guess, categories, continuous),
        );
        values.codeError = tf.mean(tf.square(missed));
        loss = tf.add(loss, tf.mul(continuousWeight * 0.5 * continuous, values.codeError));
      }
      return { loss, values };
    },
  };
}
