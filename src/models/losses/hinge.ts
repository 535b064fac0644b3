import * as tf from '@tensorflow/tfjs-core';
import { type AdversarialLoss, judgements } from './adversarial-loss.ts';

/**
 * The hinge loss. Critic: mean max(0, 1 - D(real)) + mean max(0, 1 + D(fake)). Generator:
 * -mean D(fake). Lim and Ye, Geometric GAN, https://arxiv.org/abs/1705.02894; Miyato
 * et al., https://arxiv.org/abs/1802.05957, equations 16 and 17.
 */
export function hinge(): AdversarialLoss {
  return {
    name: 'hinge',
    critic: (real, fake) => tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake)))),
    generator: (fake) => tf.neg(tf.mean(fake)),
    encoder: (real) => tf.mean(real),
    gauges: (scores) => judgements(scores, 0),
  };
}
