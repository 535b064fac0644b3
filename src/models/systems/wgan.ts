import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';
import { clippedShare, clipWeights } from '../losses/clip-weights.ts';
import { wassersteinEstimate, wassersteinGeneratorLoss } from '../losses/wasserstein.ts';
import type { System } from '../system.ts';
import { type Adversaries, type Adversary, adversaries } from './adversaries.ts';
import { improve } from './improve.ts';

/** What makes a WGAN with weight clipping. */
export interface WganOptions extends Adversaries {
  /** Bound of every weight and bias of the critic, c. @default 0.01 */
  readonly clip?: number;
}

/**
 * WGAN with weight clipping. Arjovsky et al., https://arxiv.org/abs/1701.07875, algorithm 1. Weights are cut after each update, so
 * those that a critic starts with may stand beyond the bound for one turn.
 *
 * Values of the critic's events: `loss`, `wasserstein` (mean D(real) - mean D(fake)), `clipped` (share of weights at the bound).
 * Of the generator's: `loss`.
 * @throws RangeError naming the option that is wrong
 */
export function wgan(options: WganOptions): System<Adversary> {
  const { critic, generator, optimizers, clip = 0.01 } = options;
  positiveNumber('wgan: clip', clip);

  return adversaries(options, {
    name: 'wgan',
    critic(state, { real, noise, rate }) {
      const fake = generator.apply(state.generator, noise, true).y;
      const improved = improve(state, 'critic', optimizers.critic, rate, (weights) => {
        const onReal = critic.apply({ weights, memory: state.critic.memory }, real, true);
        const onFake = critic.apply({ weights, memory: onReal.memory }, fake, true);
        const wasserstein = wassersteinEstimate(onReal.y, onFake.y);
        return { loss: tf.neg(wasserstein), extra: { memory: onFake.memory, values: { wasserstein } } };
      });
      const weights = clipWeights(improved.state.critic.weights, clip);
      return {
        state: { ...improved.state, critic: { ...improved.state.critic, weights } },
        outputs: { ...improved.outputs, clipped: clippedShare(weights, clip) },
      };
    },
    generatorLoss: wassersteinGeneratorLoss,
  });
}
