import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, given } from '../../base/index.ts';
import type { LayerOutput, Network } from '../layers/network.ts';
import { tapOf } from '../layers/tap.ts';
import { diversity } from '../losses/diversity.ts';
import type { MatchingAwareLoss } from '../losses/matching-aware.ts';
import type { PlayerRule } from './game.ts';
import type { Adversary, Networks, Rival, StepInputs } from './rivals.ts';
import type { TextSide } from './text-source.ts';

/** A critic and a generator of images of sentences. */
export interface TextPairOptions {
  readonly text: TextSide;
  readonly loss: MatchingAwareLoss;
  readonly critic: Rival;
  readonly generator: Rival;
  /** Images of the descriptions, [count, size]. */
  make(all: Networks, inputs: StepInputs, described: tf.Tensor2D): LayerOutput;
  /** The input `real` as the critic sees it. @default as it is */
  real?(examples: tf.Tensor): tf.Tensor;
  /**
   * Weight of the divergence of an augmented condition, the tap `kl` of what is made. @default none
   */
  readonly klWeight?: number;
}

/**
 * The players of such a pair. Their inputs: `text`; for the critic `real`, and `wrong` with
 * `mismatched` where the loss has wrong pairs; what `make` takes. A generator that is also trained
 * between sentences has more noise than texts: as many rows as there are sentences between.
 */
export function textPair(options: TextPairOptions): Readonly<Record<Adversary, PlayerRule<string, string>>> {
  const { text, loss, critic, generator, make, klWeight, real: seen = (x: tf.Tensor) => x } = options;
  if (klWeight !== undefined) finiteNumber('klWeight', klWeight, 0);
  const scorer = (all: Networks) => all[critic.trains[0]!]!;
  return {
    critic: {
      ...critic,
      loss(all, inputs) {
        const right = text.describe(all, inputs.text!);
        const real = seen(inputs.real!);
        const fake = make(all, inputs, right).y;
        const [onReal, onFake, onWrong] = judgeTogether(scorer(all), [
          [real, right],
          [fake, right],
          ...(inputs.wrong ? [[real, text.describe(all, inputs.wrong)] as const] : []),
        ]);
        return {
          loss: loss.critic(onReal!, onWrong ?? onFake!, onFake!, inputs.mismatched),
          values: {
            ...loss.gauges({ real: onReal!, fake: onFake! }),
            ...(onWrong && { wrongScore: tf.mean(onWrong) }),
            diversity: diversity(fake, real),
          },
        };
      },
    },
    generator: {
      ...generator,
      loss(all, inputs) {
        const right = text.describe(all, inputs.text!);
        const [count] = right.shape;
        const between = inputs.noise!.shape[0]! - count;
        const described = between > 0 ? (tf.concat([right, halfway(right, between)]) as tf.Tensor2D) : right;
        const made = make(all, inputs, described);
        const scores = scorer(all)(made.y, described).y;
        const [onFake, onBetween] =
          between > 0 ? (tf.split(scores, [count, between]) as [tf.Tensor, tf.Tensor]) : [scores];
        const kl = klWeight === undefined ? undefined : tf.mean(tapOf(made.taps, 'kl'));
        const adversarial = loss.generator(onFake, onBetween);
        return {
          loss: kl === undefined ? adversarial : tf.add(adversarial, tf.mul(klWeight!, kl)),
          values: {
            ...loss.gauges({ fake: onFake }),
            ...(onBetween && { interpolatedScore: tf.mean(onBetween) }),
            ...given({ kl }),
          },
        };
      },
    },
  };
}

/** The scores of several pairs of images and descriptions, by one call of the critic. */
function judgeTogether(
  critic: Network,
  pairs: readonly (readonly [x: tf.Tensor, description: tf.Tensor2D])[],
): tf.Tensor[] {
  const x = tf.concat(pairs.map(([image]) => image));
  const described = tf.concat(pairs.map(([, description]) => description));
  return tf.split(critic(x, described).y, pairs.length) as tf.Tensor[];
}

/** The means of the first rows and as many up to the last: descriptions between two. */
function halfway(descriptions: tf.Tensor2D, count: number): tf.Tensor2D {
  const [rows, size] = descriptions.shape;
  const first = tf.slice(descriptions, [0, 0], [count, size]);
  const second = tf.slice(descriptions, [rows - count, 0], [count, size]);
  return tf.mul(0.5, tf.add(first, second)) as tf.Tensor2D;
}
