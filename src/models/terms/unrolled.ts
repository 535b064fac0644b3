import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber, wholeNumber } from '../../base/index.ts';
import { differentiate, type Tree, zipTree } from '../../engine/index.ts';
import type { AdversarialLoss } from '../losses/adversarial-loss.ts';
import type { GeneratorTerm } from './term.ts';

/** How far a generator looks ahead. */
export interface UnrolledOptions {
  readonly loss: AdversarialLoss;
  /** Steps of the critic that are foreseen. Each costs a gradient of a gradient. @default 5 */
  readonly steps?: number;
  /** Learning rate of those steps, which are plain gradient descent. */
  readonly rate: number;
}

/**
 * What a generator minimises against the critic as it will be after some steps of its own on the
 * same batch: the value of the game, which is the critic's loss negated, differentiated through
 * those steps. Its part for real examples counts too, though they do not depend on the generator:
 * the foreseen critic does. In place of the loss of the present critic: `loss: criticOnly(loss),
 * terms: [unrolled({ loss, rate })]`. Metz et al., https://arxiv.org/abs/1611.02163, equations 2
 * and 8, with gradient descent for the foreseen steps.
 */
export function unrolled({ loss, steps = 5, rate }: UnrolledOptions): GeneratorTerm {
  wholeNumber('unrolled: steps', steps, 1);
  positiveNumber('unrolled: rate', rate);
  return {
    name: 'unrolled',
    inputs: ({ examples }) => ({ real: examples }),
    add({ critic, fake, pack, condition, inputs }) {
      const real = pack(inputs.real!);
      const criticLoss = (weights: Tree<tf.Tensor>) => {
        const foreseen = critic.with(weights);
        return loss.critic(foreseen.frozen(real, condition).y, foreseen.frozen(fake, condition).y);
      };
      const descend = (weights: Tree<tf.Tensor>) => {
        const { gradients } = differentiate(weights, (at) => ({ loss: criticLoss(at), extra: {} }));
        return zipTree(weights, gradients, (weight, gradient) => tf.sub(weight, tf.mul(rate, gradient)));
      };
      let { weights } = critic;
      for (let step = 0; step < steps; step++) weights = descend(weights);
      return { loss: tf.neg(criticLoss(weights)) };
    },
  };
}
