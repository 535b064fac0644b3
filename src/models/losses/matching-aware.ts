import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { type AdversarialLoss, type CriticScores, requireSingleScores } from './adversarial-loss.ts';

/** Weights of pairs of an image and a sentence that are neither real nor generated. */
export interface MatchingAwareOptions {
  /**
   * The share of real images with wrong sentences in the critic's loss on pairs that are not real
   * (GAN-CLS); 0 for none. @default 0.5
   */
  readonly wrong?: number;
  /**
   * Weight in the generator's loss of images of interpolated sentences, halfway between two of the
   * batch (GAN-INT); 0 for none. @default 0
   */
  readonly interpolated?: number;
}

/** The losses of critic and generator of a text-to-image GAN, as functions of the scores. */
export interface MatchingAwareLoss extends Required<MatchingAwareOptions> {
  readonly name: string;
  /**
   * @param real scores of real images with their sentences
   * @param wrong scores of real images with wrong sentences
   * @param fake scores of generated images with their sentences
   * @param mismatched 0 where the batch has no wrong sentence: the loss is then that of a
   * conditional GAN
   */
  critic(real: tf.Tensor, wrong: tf.Tensor, fake: tf.Tensor, mismatched?: tf.Tensor | number): tf.Tensor;
  /** One mean over scores of generated images and of those of interpolated sentences. */
  generator(fake: tf.Tensor, interpolated?: tf.Tensor): tf.Tensor;
  gauges(scores: CriticScores): Readonly<Record<string, tf.Tensor>>;
}

/**
 * The matching-aware loss of GAN-CLS and the interpolation of GAN-INT over any adversarial loss.
 * For scores a of real, w of wrong and b of generated pairs, and c the share of wrong pairs:
 *
 *     critic     (1 - c) C(a, b) + c C(a, w)
 *     generator  (sum G(b) + interpolated * sum G(between)) / (number of both)
 *
 * With the logistic losses and c = 1/2 the critic's is sp(-a) + sp(w) / 2 + sp(b) / 2. Reed et al.,
 * https://arxiv.org/abs/1605.05396, algorithm 1 and equation 5.
 */
export function matchingAware(loss: AdversarialLoss, options: MatchingAwareOptions = {}): MatchingAwareLoss {
  requireSingleScores('matchingAware: loss', loss);
  const wrongShare = finiteNumber('matchingAware: wrong', options.wrong ?? 0.5, 0, 1);
  const weight = finiteNumber('matchingAware: interpolated', options.interpolated ?? 0, 0);
  return {
    name: `matching-aware ${loss.name}`,
    wrong: wrongShare,
    interpolated: weight,
    critic(real, wrong, fake, mismatched = 1) {
      const share = tf.mul(wrongShare, mismatched);
      const ofMade = tf.mul(tf.sub(1, share), loss.critic(real, fake));
      return tf.add(ofMade, tf.mul(share, loss.critic(real, wrong)));
    },
    generator(fake, interpolated) {
      if (interpolated === undefined) return loss.generator(fake);
      const [count, between] = [fake.shape[0]!, interpolated.shape[0]!];
      const sum = tf.add(
        tf.mul(count, loss.generator(fake)),
        tf.mul(weight * between, loss.generator(interpolated)),
      );
      return tf.div(sum, count + between);
    },
    gauges: loss.gauges,
  };
}
