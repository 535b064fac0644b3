import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { type AdversarialLoss, judgements } from './adversarial-loss.ts';

/** The scores that a least-squares GAN aims at. */
export interface LeastSquaresOptions {
  /** What the critic wants real examples to score, b. @default 1 */
  readonly real?: number;
  /** What the critic wants fake ones to score, a. @default 0 */
  readonly fake?: number;
  /** What the generator wants fake ones to score, c. @default that of real ones */
  readonly wanted?: number;
}

/**
 * Half squared distances to three scores. With real - wanted = 1 and real - fake = 2 the generator
 * minimises the Pearson divergence. An encoder's aim for real pairs lies as far from that of fake
 * ones as `wanted` from that of real ones. Mao et al., LSGAN, https://arxiv.org/abs/1611.04076,
 * equations 2 and 9.
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
