import * as tf from '@tensorflow/tfjs-core';
import { show } from '../../base/index.ts';

/**
 * What critic and generator want of the scores, as a value: any of them goes with any penalty,
 * network and schedule. Scores are those that the critic puts out, [count, 1], before any sigmoid.
 * All minimise.
 */
export interface AdversarialLoss {
  readonly name: string;
  critic(real: tf.Tensor, fake: tf.Tensor): tf.Tensor;
  generator(fake: tf.Tensor): tf.Tensor;
  /**
   * What an encoder wants of the scores of real pairs (x, E(x)), of which it makes a part, as
   * BiGAN's does: the generator's aim with the labels swapped. For losses that are not symmetric
   * about 0 it is not the generator's loss of negated scores.
   */
  encoder(real: tf.Tensor): tf.Tensor;
  /**
   * True where generator and encoder get nothing from the scores, and need terms of their own.
   * @default false
   */
  readonly criticOnly?: boolean;
  /**
   * Scalars for the event: of both kinds in a step of the critic, of the fake alone in one of the
   * generator.
   */
  gauges(scores: CriticScores): Readonly<Record<string, tf.Tensor>>;
}

/** The scores that a step has to do with. */
export interface CriticScores {
  readonly real?: tf.Tensor;
  readonly fake: tf.Tensor;
}

/** `realScore` and `fakeScore`: the mean scores as the critic puts them out. */
export function meanScores({ real, fake }: CriticScores): Record<string, tf.Tensor> {
  return { ...(real && { realScore: tf.mean(real) }), fakeScore: tf.mean(fake) };
}

/**
 * Beside the means, `realAccuracy` and `fakeAccuracy`: the shares of real scores above the
 * threshold, and of fake ones below.
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
 * Beside the judgements at 0, `realProbability` and `fakeProbability`: mean sigmoid(score), the
 * probability that the critic gives.
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
 * The same for the critic; to generator and encoder the scores are nothing, and they learn from
 * their other terms alone, as in feature matching.
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
 * The same with half the loss of the critic, so that it learns slower relative to the generator.
 * Isola et al., https://arxiv.org/abs/1611.07004, section 3.3.
 */
export function halvedCritic(loss: AdversarialLoss): AdversarialLoss {
  return {
    ...loss,
    name: `${loss.name} (critic halved)`,
    critic: (real, fake) => tf.mul(0.5, loss.critic(real, fake)),
  };
}

/**
 * Refuses what is no loss, as scripts without a compiler may give. @throws TypeError naming the
 * option
 */
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
