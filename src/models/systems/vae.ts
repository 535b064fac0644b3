import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';
import { fold, normals } from '../../engine/index.ts';
import { drawCode, klToNormal, posteriorOf } from '../losses/posterior.ts';
import { reconstructionLoss, squaredDistances } from '../losses/reconstruction.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import { type Coder, coderMembers, coderParts } from './coder.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { gaussian, noiseAlone } from './latent.ts';
import { requireParts, rule } from './require-parts.ts';

/** What makes a variational autoencoder. Its encoder puts out a Gaussian, [2 latent]. */
export interface VaeOptions extends Coder {
  readonly optimizer: Optimizer;
  /**
   * Standard deviation of the data about what the generator makes: the smaller, the more
   * reconstruction weighs. @default 1
   */
  readonly deviation?: number;
}

/**
 * A variational autoencoder with a Gaussian likelihood: -log p(x|z), up to a constant, plus
 * KL(q(z|x) || N(0, 1)). One player, `coder`, trains encoder and generator. Kingma and Welling,
 * https://arxiv.org/abs/1312.6114, equation 7.
 *
 * Events report `loss`, `kl` and `reconstruction` (the mean distance of x from its reconstruction).
 * @throws RangeError naming the option that is wrong
 */
export function vae(options: VaeOptions): System<'coder'> {
  requireParts('vae', options, { ...coderParts, optimizer: rule.optimizer });
  const { latent, optimizer, deviation = 1 } = options;
  positiveNumber('vae: deviation', deviation);
  const { members, shape } = coderMembers('vae', options, 'gaussian');
  return game<'encoder' | 'generator', 'coder', 'real' | 'noise'>({
    name: 'vae',
    networks: members,
    players: {
      coder: {
        trains: ['encoder', 'generator'],
        optimizer,
        loss({ encoder, generator }, { real, noise }) {
          const posterior = posteriorOf(encoder(real).y);
          const rebuilt = generator(drawCode(posterior, noise)).y;
          const kl = klToNormal(posterior);
          const misfit = tf.div(tf.mean(squaredDistances(real, rebuilt)), 2 * deviation ** 2);
          return {
            loss: tf.add(misfit, kl),
            values: { kl, reconstruction: reconstructionLoss(real, rebuilt) },
          };
        },
      },
    },
    inputs({ batch }, key) {
      const { examples, count } = examplesOf('vae', batch, shape);
      return { real: examples, noise: normals(fold(key, 'noise'), [count, latent]) };
    },
    sample: ({ generator }, { noise }) => generator(noise).y,
    ...noiseAlone(gaussian(latent)),
  });
}
