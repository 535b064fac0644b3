import * as tf from '@tensorflow/tfjs-core';
import { type AdversarialLoss, beliefs } from './adversarial-loss.ts';
import { type LogisticOptions, logisticCritic } from './non-saturating.ts';

/**
 * The game of Goodfellow et al., https://arxiv.org/abs/1406.2661, equation 1: the generator
 * minimises log(1 - D(fake)). Its gradient vanishes where the critic is confident; `nonSaturating`
 * has the loss that is used for training.
 */
export function minimax(options: LogisticOptions = {}): AdversarialLoss {
  return {
    name: 'minimax',
    critic: logisticCritic(options),
    generator: (fake) => tf.neg(tf.mean(tf.softplus(fake))),
    encoder: (real) => tf.neg(tf.mean(tf.softplus(tf.neg(real)))),
    gauges: beliefs,
  };
}
