import * as tf from '@tensorflow/tfjs-core';
import { type AdversarialLoss, judgements } from './adversarial-loss.ts';

/** A divergence as f-GAN uses it. v is the critic's score, f* the convex conjugate of f. */
export interface Divergence {
  readonly name: string;
  /** g_f(v): maps any score into the domain of f*; it increases with v. */
  activation(v: tf.Tensor): tf.Tensor;
  /** f*(g_f(v)) as one expression, which stays exact for large scores. */
  conjugate(v: tf.Tensor): tf.Tensor;
  /** The score at which g_f(v) = f'(1). The critic classifies scores above it as real. */
  readonly threshold: number;
}

/** Options of the f-GAN's generator. */
export interface FDivergenceOptions {
  /**
   * True: the generator maximises g_f(V(fake)) in place of f*(g_f(V(fake))), whose gradient
   * vanishes where the critic is confident (section 3.2 of the paper). For the same reason an
   * encoder minimises f*(g_f(V(real))) in place of g_f(V(real)). @default false
   */
  readonly practical?: boolean;
}

/**
 * The variational game of a divergence D_f(data || made): the critic maximises mean g(V(real)) -
 * mean f*(g(V(fake))), a lower bound that is tight for the best critic, and the generator minimises
 * it. Nowozin et al., f-GAN, https://arxiv.org/abs/1606.00709, equation 6 and table 2. Reports
 * `divergence`, the bound.
 */
export function fDivergence(of: Divergence, { practical = false }: FDivergenceOptions = {}): AdversarialLoss {
  const bound = (real: tf.Tensor, fake: tf.Tensor) =>
    tf.sub(tf.mean(of.activation(real)), tf.mean(of.conjugate(fake)));
  return {
    name: of.name,
    critic: (real, fake) => tf.neg(bound(real, fake)),
    generator: (fake) => tf.neg(tf.mean(practical ? of.activation(fake) : of.conjugate(fake))),
    encoder: (real) => tf.mean(practical ? of.conjugate(real) : of.activation(real)),
    gauges: (scores) => ({
      ...(scores.real && { divergence: bound(scores.real, scores.fake) }),
      ...judgements(scores, of.threshold),
    }),
  };
}

const exp = (x: tf.Tensor) => tf.exp(x);
const softplus = (x: tf.Tensor) => tf.softplus(x);

/** f(u) = u log u. */
export const kullbackLeibler: Divergence = {
  name: 'kl',
  activation: (v) => v,
  conjugate: (v) => exp(tf.sub(v, 1)),
  threshold: 1,
};

/** f(u) = -log u. */
export const reverseKullbackLeibler: Divergence = {
  name: 'reverse-kl',
  activation: (v) => tf.neg(exp(tf.neg(v))),
  conjugate: (v) => tf.sub(v, 1),
  threshold: 0,
};

/** f(u) = (u - 1)^2. */
export const pearson: Divergence = {
  name: 'pearson',
  activation: (v) => v,
  conjugate: (v) => tf.add(tf.mul(0.25, tf.square(v)), v),
  threshold: 0,
};

/** f(u) = (1 - u)^2 / u. */
export const neyman: Divergence = {
  name: 'neyman',
  activation: (v) => tf.sub(1, exp(tf.neg(v))),
  conjugate: (v) => tf.sub(2, tf.mul(2, exp(tf.mul(-0.5, v)))),
  threshold: 0,
};

/** f(u) = (sqrt u - 1)^2. */
export const squaredHellinger: Divergence = {
  name: 'squared-hellinger',
  activation: (v) => tf.sub(1, exp(tf.neg(v))),
  conjugate: (v) => tf.sub(exp(v), 1),
  threshold: 0,
};

/** f(u) = u log u - (u + 1) log((u + 1) / 2): twice the Jensen-Shannon divergence. */
export const jensenShannon: Divergence = {
  name: 'jensen-shannon',
  activation: (v) => tf.sub(Math.LN2, softplus(tf.neg(v))),
  conjugate: (v) => tf.sub(softplus(v), Math.LN2),
  threshold: 0,
};

/**
 * f(u) = u log u - (u + 1) log(u + 1): the game of the first GAN, twice the Jensen-Shannon
 * divergence less log 4.
 */
export const goodfellow: Divergence = {
  name: 'gan',
  activation: (v) => tf.neg(softplus(tf.neg(v))),
  conjugate: softplus,
  threshold: 0,
};

/** f(u) = |u - 1| / 2. */
export const totalVariation: Divergence = {
  name: 'total-variation',
  activation: (v) => tf.mul(0.5, tf.tanh(v)),
  conjugate: (v) => tf.mul(0.5, tf.tanh(v)),
  threshold: 0,
};
