import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { fold, uniforms } from '../../engine/index.ts';
import { interpolateExamples, squaredSlope } from '../losses/slope-penalty.ts';
import type { CriticTerm } from './term.ts';

/**
 * R1: `gamma` / 2 times the mean squared slope of the critic at real examples. Mescheder et al.,
 * https://arxiv.org/abs/1801.04406, equation 9, with gamma 10. With any loss whose scores are free
 * in scale; the critic must score every example by itself.
 *
 * Reports `r1Penalty` (the mean squared slope, not weighted) and `gradientNorm` (the mean slope).
 * @throws RangeError for a gamma below 0
 */
export function r1Penalty(gamma = 10): CriticTerm {
  finiteNumber('r1Penalty: gamma', gamma, 0);
  return {
    name: 'r1',
    add({ critic, real, condition }) {
      const { penalty, gradientNorm } = squaredSlope((x) => critic.frozen(x, condition).y, real);
      return { loss: tf.mul(gamma / 2, penalty), values: { r1Penalty: penalty, gradientNorm } };
    },
  };
}

/**
 * R2: the same at fake examples; equation 10 there. Reports `r2Penalty`.
 * @throws RangeError for a gamma below 0
 */
export function r2Penalty(gamma = 10): CriticTerm {
  finiteNumber('r2Penalty: gamma', gamma, 0);
  return {
    name: 'r2',
    add({ critic, fake, condition }) {
      const { penalty } = squaredSlope((x) => critic.frozen(x, condition).y, fake);
      return { loss: tf.mul(gamma / 2, penalty), values: { r2Penalty: penalty } };
    },
  };
}

/**
 * The zero-centred gradient penalty: `weight` times the mean squared slope of the critic at random
 * places between real and fake examples. Thanh-Tung et al., https://arxiv.org/abs/1902.03984,
 * equation 6, on straight lines in place of its paths through the latent space.
 *
 * Reports `penalty` (not weighted) and `gradientNorm` (the mean slope).
 * @throws RangeError for a weight below 0
 */
export function zeroCentredPenalty(weight = 10): CriticTerm {
  finiteNumber('zeroCentredPenalty: weight', weight, 0);
  return {
    name: 'zero-centred penalty',
    inputs({ examples }, key, packing) {
      const [count = 0, ...example] = examples.shape;
      return { mix: uniforms(fold(key, 'mix'), [count / packing, ...example.map(() => 1)]) };
    },
    add({ critic, real, fake, condition, inputs }) {
      const between = interpolateExamples(real, fake, inputs.mix!);
      const values = squaredSlope((x) => critic.frozen(x, condition).y, between);
      return { loss: tf.mul(weight, values.penalty), values: { ...values } };
    },
  };
}
