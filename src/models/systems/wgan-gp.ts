import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, oneOf } from '../../base/index.ts';
import { fold, uniforms } from '../../engine/index.ts';
import { gradientPenalty, interpolate, type Sided } from '../losses/gradient-penalty.ts';
import { wassersteinEstimate, wassersteinGeneratorLoss } from '../losses/wasserstein.ts';
import type { System } from '../system.ts';
import { type Adversaries, type Adversary, adversaries } from './adversaries.ts';
import { improve } from './improve.ts';

/** What makes a WGAN with gradient penalty. */
export interface WganGpOptions extends Adversaries {
  /** Weight of the penalty, lambda. The paper takes 10, its code 0.1 for points in the plane. @default 10 */
  readonly penalty?: number;
  /** @default 'two' */
  readonly sided?: Sided;
}

/**
 * WGAN with gradient penalty. Gulrajani et al., https://arxiv.org/abs/1704.00028, algorithm 1. The critic must score every example
 * by itself: layer normalisation, not batch normalisation.
 *
 * Values of the critic's events: `loss`, `wasserstein` (mean D(real) - mean D(fake)), `penalty` (not yet weighted),
 * `gradientNorm` (mean slope between real and fake). Of the generator's: `loss`.
 * @throws RangeError naming the option that is wrong
 */
export function wganGp(options: WganGpOptions): System<Adversary> {
  const { critic, generator, optimizers, penalty: lambda = 10, sided = 'two' } = options;
  finiteNumber('wgan-gp: penalty', lambda, 0);
  oneOf('wgan-gp: sided', sided, ['two', 'one']);

  return adversaries(options, {
    name: 'wgan-gp',
    critic(state, { real, noise, mix, rate }) {
      const fake = generator.apply(state.generator, noise, true).y;
      const between = interpolate(real, fake, mix!);
      return improve(state, 'critic', optimizers.critic, rate, (weights) => {
        const onReal = critic.apply({ weights, memory: state.critic.memory }, real, true);
        const onFake = critic.apply({ weights, memory: onReal.memory }, fake, true);
        const wasserstein = wassersteinEstimate(onReal.y, onFake.y);
        const score = (x: tf.Tensor) => critic.apply({ weights, memory: onFake.memory }, x, true).y;
        const { penalty, gradientNorm } = gradientPenalty(score, between, sided);
        const loss = tf.sub(tf.mul(lambda, penalty), wasserstein);
        return { loss, extra: { memory: onFake.memory, values: { wasserstein, penalty, gradientNorm } } };
      });
    },
    generatorLoss: wassersteinGeneratorLoss,
    criticInputs({ examples }, key) {
      const [count = 0, ...example] = examples.shape;
      return { mix: uniforms(fold(key, 'mix'), [count, ...example.map(() => 1)]) };
    },
  });
}
