import * as tf from '@tensorflow/tfjs-core';
import { show } from '../../base/index.ts';

/**
 * The losses of critic and generator as functions of the critic's scores, [count, 1], before any
 * sigmoid. Each is a scalar that its player minimises. Any loss combines with any penalty, network
 * and schedule.
 */
export interface AdversarialLoss {
  readonly name: string;
  critic(real: tf.Tensor, fake: tf.Tensor): tf.Tensor;
  /** @param real where the loss is relativistic, scores of real examples of the same step */
  generator(fake: tf.Tensor, real?: tf.Tensor): tf.Tensor;
  /**
   * True where the generator's loss is also a function of real scores, which systems whose
   * generator sees no real examples refuse. @default false
   */
  readonly relativistic?: boolean;
  /**
   * The loss of an encoder on the scores of real pairs (x, E(x)), as in BiGAN: the generator's loss
   * with the labels swapped. For losses that are not symmetric about 0 it differs from the
   * generator's loss of negated scores.
   */
  encoder(real: tf.Tensor): tf.Tensor;
  /**
   * True where the losses of generator and encoder are 0, so that both need terms of their own.
   * @default false
   */
  readonly criticOnly?: boolean;
  /**
   * Scalars for the event. A step of the critic has scores of real and fake examples, a step of the
   * generator those of fake ones only, but where the loss is relativistic.
   */
  gauges(scores: CriticScores): Readonly<Record<string, tf.Tensor>>;
}

/** The scores of a step. */
export interface CriticScores {
  readonly real?: tf.Tensor;
  readonly fake: tf.Tensor;
}

/** `realScore` and `fakeScore`: the means of the critic's scores. */
export function meanScores({ real, fake }: CriticScores): Record<string, tf.Tensor> {
  return { ...(real && { realScore: tf.mean(real) }), fakeScore: tf.mean(fake) };
}

/**
 * The means, and `realAccuracy` and `fakeAccuracy`: the share of real scores above the threshold
 * and the share of fake scores below it.
 */
export function judgements(scores: CriticScores, threshold: number): Record<string, tf.Tensor> {
  const share = (yes: tf.Tensor) => tf.mean(tf.cast(yes, 'float32'));
  const { real, fake } = scores;
  return {
    ...meanScores(scores),
    ...(real && { realAccuracy: share(tf.greater(real, threshold)) }),
    fakeAccuracy: share(tf.less(fake, threshold)),
  };
}

/**
 * The judgements at threshold 0, and `realProbability` and `fakeProbability`: mean sigmoid(score),
 * the critic's probability that an example is real.
 */
export function beliefs(scores: CriticScores): Record<string, tf.Tensor> {
  const { real, fake } = scores;
  return {
    ...judgements(scores, 0),
    ...(real && { realProbability: tf.mean(tf.sigmoid(real)) }),
    fakeProbability: tf.mean(tf.sigmoid(fake)),
  };
}

/**
 * The same loss for the critic, and 0 for generator and encoder, which learn from their other terms
 * alone, as in feature matching.
 */
export function criticOnly(loss: AdversarialLoss): AdversarialLoss {
  return {
    ...loss,
    name: `${loss.name} (critic only)`,
    generator: () => tf.scalar(0),
    encoder: () => tf.scalar(0),
    criticOnly: true,
  };
}

/**
 * The same with half the critic's loss, which slows the critic relative to the generator.
 * Isola et al., https://arxiv.org/abs/1611.07004, section 3.3.
 */
export function halvedCritic(loss: AdversarialLoss): AdversarialLoss {
  return {
    ...loss,
    name: `${loss.name} (critic halved)`,
    critic: (real, fake) => tf.mul(0.5, loss.critic(real, fake)),
  };
}

/** Refuses a value that is not an adversarial loss. @throws TypeError naming the option */
export function requireLoss(name: string, value: unknown): void {
  const loss = value as AdversarialLoss | undefined | null;
  if (typeof loss?.critic === 'function' && typeof loss.generator === 'function') return;
  throw new TypeError(`${name}: expected an adversarial loss such as hinge(), got ${show(loss)}`);
}

/**
 * Refuses a loss by which a generator without terms of its own would not learn. @throws RangeError
 * naming the system
 */
export function requireGenerator(name: string, loss: AdversarialLoss): void {
  requireLoss(`${name}: loss`, loss);
  if (loss.criticOnly === true)
    throw new RangeError(`${name}: loss: expected one for the generator too, got ${loss.name} and no terms`);
}

/**
 * Refuses a value that is not an adversarial loss of single scores, for systems whose generator has
 * no scores of real examples. @throws TypeError or RangeError naming the option
 */
export function requireSingleScores(name: string, value: unknown): void {
  requireLoss(name, value);
  const loss = value as AdversarialLoss;
  if (loss.relativistic === true)
    throw new RangeError(`${name}: expected a loss of single scores, got ${loss.name}`);
}
