import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { fold, normals } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import { type AdversarialLoss, requireSingleScores } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import { reconstructionLoss, squaredDistances } from '../losses/reconstruction.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import type { AverageDecay } from './averages.ts';
import { type Coder, coderMembers, coderParts } from './coder.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { gaussian, noiseAlone } from './latent.ts';
import { oneScore } from './one-score.ts';
import { requireParts, rule } from './require-parts.ts';
import type { Adversary } from './rivals.ts';

/** What makes a mode-regularised GAN. Its encoder puts out the code itself, [latent]. */
export interface MrganOptions extends Coder {
  /** From one example to one score, [1]. */
  readonly critic: Layer;
  /** The generator's serves the encoder too. */
  readonly optimizers: Readonly<Record<Adversary, Optimizer>>;
  /** Weight of the distance from x to G(E(x)), lambda1: the geometric regulariser. @default 0.2 */
  readonly geometric?: number;
  /**
   * Weight of what the generator wants of the scores of G(E(x)), lambda2: the mode regulariser.
   * @default 0.4
   */
  readonly mode?: number;
  /** @default nonSaturating() */
  readonly loss?: AdversarialLoss;
  /**
   * Decay of a moving average of the generator, which samples are then drawn from. @default none
   */
  readonly average?: AverageDecay;
}

/**
 * A mode-regularised GAN: an encoder shows the generator where every example of the data is to come
 * from, so that none of its modes is forgotten. Che et al., https://arxiv.org/abs/1612.02136,
 * section 3.2. The critic sees no reconstructions. The mode regulariser pulls G(E(x)) towards the
 * data, -log D(G(E(x))); the paper prints it with the other sign, which would push away.
 *
 * Events report `loss` and the gauges of the loss, those of the generator also `reconstruction`.
 * @throws RangeError naming the option that is wrong
 */
export function mrgan(options: MrganOptions): System<Adversary> {
  requireParts('mrgan', options, {
    ...coderParts,
    critic: rule.layer,
    optimizers: rule.optimizers('critic', 'generator'),
    loss: rule.optional(requireSingleScores),
  });
  const { critic, latent, optimizers, loss = nonSaturating(), average } = options;
  const { geometric = 0.2, mode = 0.4 } = options;
  finiteNumber('mrgan: geometric', geometric, 0);
  finiteNumber('mrgan: mode', mode, 0);
  const { members, shape } = coderMembers('mrgan', options, 'point');
  oneScore('mrgan', critic, shape, { condition: 0 });

  return game<'critic' | 'generator' | 'encoder', Adversary, 'real' | 'noise'>({
    name: 'mrgan',
    networks: { critic: { layer: critic, input: shape, inputs: { condition: 0 } }, ...members },
    players: {
      critic: {
        trains: ['critic'],
        optimizer: optimizers.critic,
        loss({ critic, generator }, inputs) {
          const [real, fake] = [critic(inputs.real).y, critic(generator(inputs.noise).y).y];
          return { loss: loss.critic(real, fake), values: loss.gauges({ real, fake }) };
        },
      },
      generator: {
        trains: ['generator', 'encoder'],
        optimizer: optimizers.generator,
        loss({ critic, generator, encoder }, { real, noise }) {
          const fake = critic(generator(noise).y).y;
          const rebuilt = generator(encoder(real).y).y;
          const regularisers = tf.add(
            tf.mul(geometric, tf.mean(squaredDistances(real, rebuilt))),
            tf.mul(mode, loss.generator(critic(rebuilt).y)),
          );
          return {
            loss: tf.add(loss.generator(fake), regularisers),
            values: { ...loss.gauges({ fake }), reconstruction: reconstructionLoss(real, rebuilt) },
          };
        },
      },
    },
    ...(average !== undefined && { average: { of: 'generator', decay: average } }),
    inputs({ batch }, key) {
      const { examples, count } = examplesOf('mrgan', batch, shape);
      return { real: examples, noise: normals(fold(key, 'noise'), [count, latent]) };
    },
    sample: ({ generator }, { noise }) => generator(noise).y,
    ...noiseAlone(gaussian(latent)),
  });
}
