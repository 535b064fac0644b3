import * as tf from '@tensorflow/tfjs-core';

/**
 * What critic and generator want of the scores, as a value: any of them goes with any penalty, network and schedule. Scores are
 * those that the critic puts out, [count, 1], before any sigmoid. Both minimise.
 */
export interface AdversarialLoss {
  readonly name: string;
  critic(real: tf.Tensor, fake: tf.Tensor): tf.Tensor;
  generator(fake: tf.Tensor): tf.Tensor;
  /** Scalars for the event: of both kinds in a turn of the critic, of the fake alone in one of the generator. */
  gauges(scores: Scores): Readonly<Record<string, tf.Tensor>>;
}

/** The scores that a turn has to do with. */
export interface Scores {
  readonly real?: tf.Tensor;
  readonly fake: tf.Tensor;
}

/** `realScore` and `fakeScore`: the mean scores as the critic puts them out. */
export function meanScores({ real, fake }: Scores): Record<string, tf.Tensor> {
  return { ...(real && { realScore: tf.mean(real) }), fakeScore: tf.mean(fake) };
}

/** Beside the means, `realAccuracy` and `fakeAccuracy`: the shares of real scores above the threshold, and of fake ones below. */
export function judgements(scores: Scores, threshold: number): Record<string, tf.Tensor> {
  const share = (yes: tf.Tensor) => tf.mean(tf.cast(yes, 'float32'));
  const { real, fake } = scores;
  return {
    ...meanScores(scores),
    ...(real && { realAccuracy: share(tf.greater(real, threshold)) }),
    fakeAccuracy: share(tf.less(fake, threshold)),
  };
}

/** Beside the judgements at 0, `realProbability` and `fakeProbability`: mean sigmoid(score), what the critic believes. */
export function beliefs(scores: Scores): Record<string, tf.Tensor> {
  const { real, fake } = scores;
  return {
    ...judgements(scores, 0),
    ...(real && { realProbability: tf.mean(tf.sigmoid(real)) }),
    fakeProbability: tf.mean(tf.sigmoid(fake)),
  };
}

/**
 * The same for the critic; to the generator the scores are nothing, which then learns from its other terms alone, as in
 * feature matching.
 */
export function criticOnly(loss: AdversarialLoss): AdversarialLoss {
  return { ...loss, name: `${loss.name} (critic only)`, generator: () => tf.scalar(0) };
}
