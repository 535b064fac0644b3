import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { fold, normals } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import type { LayerOutput, Network } from '../layers/network.ts';
import { tapOf } from '../layers/tap.ts';
import { type AdversarialLoss, requireSingleScores } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import { drawCode, klToNormal, posteriorOf } from '../losses/posterior.ts';
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

/** The three networks: critic, decoder, encoder. */
export type VaeGanPlayer = 'critic' | 'generator' | 'encoder';

/**
 * What makes a VAE-GAN. Its encoder puts out a Gaussian, [2 latent]; its generator is the decoder.
 */
export interface VaeGanOptions extends Coder {
  /** From one example to one score, [1]; shows `features`, in which likeness is measured. */
  readonly critic: Layer;
  readonly optimizers: Readonly<Record<VaeGanPlayer, Optimizer>>;
  /**
   * Weight of likeness in the generator's loss, gamma. The paper's code takes 1e-2 and for faces
   * 1e-6. @default 0.01
   */
  readonly likeness?: number;
  /** @default nonSaturating() */
  readonly loss?: AdversarialLoss;
  /**
   * Decay of a moving average of the generator, which samples are then drawn from. @default none
   */
  readonly average?: AverageDecay;
}

/**
 * VAE-GAN: an autoencoder that measures likeness in the features of the critic, and whose decoder
 * is the generator of a GAN. The encoder learns from the prior and the likeness, the generator from
 * likeness and critic, the critic from real against rebuilt and made examples. Larsen et al.,
 * "Autoencoding beyond pixels using a learned similarity metric", https://arxiv.org/abs/1512.09300,
 * algorithm 1. Rebuilt and made examples weigh half each, where the paper counts both whole.
 *
 * All events report `loss`; the encoder's `kl` and `featureDistance`; the generator's
 * `featureDistance` and `reconstruction`; critic's and generator's the gauges of the loss.
 * @throws RangeError naming the option that is wrong
 */
export function vaeGan(options: VaeGanOptions): System<VaeGanPlayer> {
  const name = 'vae-gan';
  requireParts(name, options, {
    ...coderParts,
    critic: rule.layer,
    optimizers: rule.optimizers('critic', 'generator', 'encoder'),
    loss: rule.optional(requireSingleScores),
  });
  const { critic, latent, optimizers, likeness = 0.01, loss = nonSaturating(), average } = options;
  finiteNumber(`${name}: likeness`, likeness, 0);
  const { members, shape } = coderMembers(name, options, 'gaussian');
  if (oneScore(name, critic, shape, { condition: 0 }).taps?.features === undefined)
    throw new RangeError(`${name}: critic: expected one that shows its features, got one that shows none`);

  type Networks = Readonly<Record<VaeGanPlayer, Network>>;
  type Inputs = Readonly<Record<'real' | 'noise' | 'codeNoise', tf.Tensor>>;
  const rebuild = ({ encoder, generator }: Networks, { real, codeNoise }: Inputs) => {
    const posterior = posteriorOf(encoder(real).y);
    return { posterior, rebuilt: generator(drawCode(posterior, codeNoise)).y };
  };
  const featureDistance = (left: LayerOutput, right: LayerOutput) =>
    tf.mul(0.5, tf.mean(squaredDistances(tapOf(left.taps, 'features'), tapOf(right.taps, 'features'))));

  return game<VaeGanPlayer, VaeGanPlayer, 'real' | 'noise' | 'codeNoise'>({
    name,
    networks: { critic: { layer: critic, input: shape, inputs: { condition: 0 } }, ...members },
    players: {
      critic: {
        trains: ['critic'],
        optimizer: optimizers.critic,
        loss(networks, inputs) {
          const { rebuilt } = rebuild(networks, inputs);
          const fake = tf.concat([rebuilt, networks.generator(inputs.noise).y]);
          const [real, made] = [networks.critic(inputs.real).y, networks.critic(fake).y];
          return { loss: loss.critic(real, made), values: loss.gauges({ real, fake: made }) };
        },
      },
      generator: {
        trains: ['generator'],
        optimizer: optimizers.generator,
        loss(networks, inputs) {
          const { rebuilt } = rebuild(networks, inputs);
          const onRebuilt = networks.critic(rebuilt);
          const distance = featureDistance(networks.critic(inputs.real), onRebuilt);
          const fake = tf.concat([onRebuilt.y, networks.critic(networks.generator(inputs.noise).y).y]);
          return {
            loss: tf.add(tf.mul(likeness, distance), loss.generator(fake)),
            values: {
              ...loss.gauges({ fake }),
              featureDistance: distance,
              reconstruction: reconstructionLoss(inputs.real, rebuilt),
            },
          };
        },
      },
      encoder: {
        trains: ['encoder'],
        optimizer: optimizers.encoder,
        loss(networks, inputs) {
          const { posterior, rebuilt } = rebuild(networks, inputs);
          const distance = featureDistance(networks.critic(inputs.real), networks.critic(rebuilt));
          const kl = klToNormal(posterior);
          return { loss: tf.add(kl, distance), values: { kl, featureDistance: distance } };
        },
      },
    },
    ...(average !== undefined && { average: { of: 'generator', decay: average } }),
    inputs({ batch, player }, key) {
      const { examples, count } = examplesOf(name, batch, shape);
      const noise = (what: string) => normals(fold(key, what), [count, latent]);
      return {
        real: examples,
        codeNoise: noise('code noise'),
        ...(player !== 'encoder' && { noise: noise('noise') }),
      };
    },
    sample: ({ generator }, { noise }) => generator(noise).y,
    ...noiseAlone(gaussian(latent)),
  });
}
