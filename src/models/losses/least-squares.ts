import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { type AdversarialLoss, judgements } from './adversarial-loss.ts';

/** The target scores of a least-squares GAN. */
export interface LeastSquaresOptions {
  /** The critic's target for real examples, b. @default 1 */
  readonly real?: number;
  /** The critic's target for fake examples, a. @default 0 */
  readonly fake?: number;
  /** The generator's target for fake examples, c. @default `real` */
  readonly wanted?: number;
}

/**
 * Half the mean squared distance of scores from their targets. With real - wanted = 1 and
 * real - fake = 2 the generator minimises the Pearson divergence. The encoder's target for real
 * pairs is real + fake - wanted. Mao et al., LSGAN, https://arxiv.org/abs/1611.04076, equations 2
 * and 9.
 */
export function leastSquares({
  real = 1,
  fake = 0,
  wanted = real,
}: LeastSquaresOptions = {}): AdversarialLoss {
  for (const [name, value] of Object.entries({ real, fake, wanted }))
    finiteNumber(`leastSquares: ${name}`, value);
  if (real <= fake)
    throw new RangeError(`leastSquares: real: expected more than fake (${fake}), got ${real}`);
  const half = (scores: tf.Tensor, aim: number) => tf.mul(0.5, tf.mean(tf.square(tf.sub(scores, aim))));
  return {
    name: 'least-squares',
    critic: (onReal, onFake) => tf.add(half(onReal, real), half(onFake, fake)),
    generator: (onFake) => half(onFake, wanted),
    encoder: (onReal) => half(onReal, real + fake - wanted),
    gauges: (scores) => judgements(scores, (real + fake) / 2),
  };
}
