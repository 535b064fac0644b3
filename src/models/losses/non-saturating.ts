import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { type AdversarialLoss, beliefs } from './adversarial-loss.ts';

/** Options of the logistic losses. */
export interface LogisticOptions {
  /**
   * One-sided label smoothing: the target of real examples is 1 - smoothing, that of fake ones 0.
   * The best critic is then (1 - smoothing) p / (p + q). Salimans et al.,
   * https://arxiv.org/abs/1606.03498, section 3.4, with 0.1. @default 0
   */
  readonly smoothing?: number;
}

/**
 * Cross-entropy of the critic: -log D(real) - log(1 - D(fake)), from scores, with smoothing of the
 * real target.
 */
export function logisticCritic({ smoothing = 0 }: LogisticOptions) {
  finiteNumber('smoothing', smoothing, 0, 1);
  return (real: tf.Tensor, fake: tf.Tensor): tf.Tensor => {
    const judgedReal = tf.mean(tf.softplus(tf.neg(real)));
    const judgedFake = tf.mean(tf.softplus(fake));
    if (smoothing === 0) return tf.add(judgedReal, judgedFake);
    const smoothed = tf.add(tf.mul(1 - smoothing, judgedReal), tf.mul(smoothing, tf.mean(tf.softplus(real))));
    return tf.add(smoothed, judgedFake);
  };
}

/**
 * The non-saturating loss: the generator maximises log D(fake), whose gradient does not vanish
 * where the critic is confident. Goodfellow et al., https://arxiv.org/abs/1406.2661, section 3. At
 * D = 1/2 the losses are 2 log 2 and log 2.
 */
export function nonSaturating(options: LogisticOptions = {}): AdversarialLoss {
  return {
    name: 'non-saturating',
    critic: logisticCritic(options),
    generator: (fake) => tf.mean(tf.softplus(tf.neg(fake))),
    encoder: (real) => tf.mean(tf.softplus(real)),
    gauges: beliefs,
  };
}
