import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, oneOf } from '../../base/index.ts';
import { fold, uniforms } from '../../engine/index.ts';
import { interpolateExamples, type Sided, slopePenalty } from '../losses/slope-penalty.ts';
import type { CriticTerm } from './term.ts';

/** Options of a gradient penalty. */
export interface GradientPenaltyOptions {
  /** @default 'two' */
  readonly sided?: Sided;
}

/**
 * The penalty of WGAN-GP as a term of any critic: `weight` times the squared distance of its slope
 * from 1, at random places between real and fake examples. Gulrajani et al.,
 * https://arxiv.org/abs/1704.00028, equation 3: weight 10, in the paper's code 0.1 for points in
 * the plane. The critic must score every example by itself: layer normalisation, not batch
 * normalisation.
 *
 * Reports `penalty` (not weighted) and `gradientNorm` (the mean slope).
 * @throws RangeError naming the option that is wrong
 */
export function gradientPenalty(weight = 10, { sided = 'two' }: GradientPenaltyOptions = {}): CriticTerm {
  finiteNumber('gradientPenalty: weight', weight, 0);
  oneOf('gradientPenalty: sided', sided, ['two', 'one']);
  return {
    name: 'gradient penalty',
    inputs({ examples }, key, packing) {
      const [count = 0, ...example] = examples.shape;
      return { mix: uniforms(fold(key, 'mix'), [count / packing, ...example.map(() => 1)]) };
    },
    add({ critic, real, fake, condition, inputs }) {
      const between = interpolateExamples(real, fake, inputs.mix!);
      const values = slopePenalty((x) => critic.frozen(x, condition).y, between, sided);
      return { loss: tf.mul(weight, values.penalty), values: { ...values } };
    },
  };
}
