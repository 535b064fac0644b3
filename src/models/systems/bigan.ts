import * as tf from '@tensorflow/tfjs-core';
import { fold, normals } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import type { Network } from '../layers/network.ts';
import { type AdversarialLoss, requireGenerator, requireSingleScores } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import { drawCode, posteriorOf } from '../losses/posterior.ts';
import { reconstructionLoss } from '../losses/reconstruction.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import type { AverageDecay } from './averages.ts';
import { type CodeKind, type Coder, coderMembers, coderParts } from './coder.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { gaussian, noiseAlone } from './latent.ts';
import { oneScore } from './one-score.ts';
import { requireParts, rule } from './require-parts.ts';
import type { Adversary } from './rivals.ts';

/** What makes a bidirectional GAN. */
export interface BiganOptions extends Coder {
  /**
   * From one example, with its code as the condition, to one score, [1]: layers that ask for the
   * condition join the two.
   */
  readonly critic: Layer;
  /** The generator's serves the encoder too: they are on one side and improve together. */
  readonly optimizers: Readonly<Record<Adversary, Optimizer>>;
  /** Takes pairs of data for real, pairs of noise for fake. @default nonSaturating() */
  readonly loss?: AdversarialLoss;
  /**
   * Decay of a moving average of the generator, which samples are then drawn from. @default none
   */
  readonly average?: AverageDecay;
}

/**
 * BiGAN: the critic tells pairs (x, E(x)) from pairs (G(z), z), and an encoder that deceives it has
 * inverted the generator, without any term that asks for reconstruction. Donahue et al.,
 * "Adversarial Feature Learning", https://arxiv.org/abs/1605.09782, equation 3; both sides with the
 * non-saturating form of its code.
 *
 * Events report `loss` and the gauges of the loss, those of the generator also `reconstruction`:
 * the mean distance from x to G(E(x)).
 * @throws RangeError naming the option that is wrong
 */
export function bigan(options: BiganOptions): System<Adversary> {
  return bidirectional('bigan', options, 'point');
}

/**
 * ALI: the same game with an encoder that puts out a Gaussian, [2 latent], from which the code is
 * drawn. Dumoulin et al., "Adversarially Learned Inference", https://arxiv.org/abs/1606.00704,
 * algorithm 1.
 * @throws RangeError naming the option that is wrong
 */
export function ali(options: BiganOptions): System<Adversary> {
  return bidirectional('ali', options, 'gaussian');
}

function bidirectional(name: string, options: BiganOptions, kind: CodeKind): System<Adversary> {
  requireParts(name, options, {
    ...coderParts,
    critic: rule.layer,
    optimizers: rule.optimizers('critic', 'generator'),
  });
  const { critic, latent, optimizers, loss = nonSaturating(), average } = options;
  const { members, shape } = coderMembers(name, options, kind);
  const inputs = { condition: latent };
  oneScore(name, critic, shape, inputs);
  requireGenerator(name, loss);
  requireSingleScores(`${name}: loss`, loss);

  type Networks = Readonly<Record<'critic' | 'generator' | 'encoder', Network>>;
  type Inputs = Readonly<Record<'real' | 'noise' | 'codeNoise', tf.Tensor>>;
  const pairs = ({ critic, generator, encoder }: Networks, { real, noise, codeNoise }: Inputs) => {
    const { y } = encoder(real);
    const code = kind === 'point' ? y : drawCode(posteriorOf(y), codeNoise);
    return {
      code,
      onReal: critic(real, code).y,
      onFake: critic(generator(noise).y, noise).y,
    };
  };

  return game<'critic' | 'generator' | 'encoder', Adversary, 'real' | 'noise' | 'codeNoise'>({
    name,
    networks: { critic: { layer: critic, input: shape, inputs }, ...members },
    players: {
      critic: {
        trains: ['critic'],
        optimizer: optimizers.critic,
        loss(networks, inputs) {
          const { onReal, onFake } = pairs(networks, inputs);
          return {
            loss: loss.critic(onReal, onFake),
            values: loss.gauges({ real: onReal, fake: onFake }),
          };
        },
      },
      generator: {
        trains: ['generator', 'encoder'],
        optimizer: optimizers.generator,
        loss(networks, inputs) {
          const { code, onReal, onFake } = pairs(networks, inputs);
          const reconstruction = reconstructionLoss(inputs.real, networks.generator.frozen(code).y);
          return {
            loss: tf.add(loss.generator(onFake), loss.encoder(onReal)),
            values: { ...loss.gauges({ real: onReal, fake: onFake }), reconstruction },
          };
        },
      },
    },
    ...(average !== undefined && { average: { of: 'generator', decay: average } }),
    inputs({ batch }, key) {
      const { examples, count } = examplesOf(name, batch, shape);
      const noise = (what: string) => normals(fold(key, what), [count, latent]);
      return {
        real: examples,
        noise: noise('noise'),
        ...(kind === 'gaussian' && { codeNoise: noise('code noise') }),
      };
    },
    sample: ({ generator }, { noise }) => generator(noise).y,
    ...noiseAlone(gaussian(latent)),
  });
}
