import * as tf from '@tensorflow/tfjs-core';
import { given } from '../../base/index.ts';
import { type AdversarialLoss, meanScores } from './adversarial-loss.ts';
import { checkedScores } from './scores.ts';

/**
 * The critic's estimate of the Wasserstein-1 distance, up to its Lipschitz constant: mean D(real) -
 * mean D(fake). The critic maximises it. Arjovsky et al., https://arxiv.org/abs/1701.07875,
 * equation 2.
 * @param realScores [count, 1]
 * @param fakeScores [count, 1], of as many examples or others
 * @throws RangeError for scores of another shape
 */
export function wassersteinEstimate(realScores: tf.Tensor, fakeScores: tf.Tensor): tf.Scalar {
  const [real, fake] = [realScores, fakeScores].map((scores) => checkedScores('wassersteinEstimate', scores));
  return tf.sub(tf.mean(real!), tf.mean(fake!));
}

/**
 * The generator's loss: -mean D(fake). Algorithm 1 of the same paper.
 * @param fakeScores [count, 1]
 * @throws RangeError for scores of another shape
 */
export function wassersteinGeneratorLoss(fakeScores: tf.Tensor): tf.Scalar {
  return tf.neg(tf.mean(checkedScores('wassersteinGeneratorLoss', fakeScores)));
}

/**
 * The Wasserstein game: the critic maximises its estimate of the distance, `wasserstein` in the
 * events, and the generator maximises its own scores. It requires a Lipschitz-bounded critic, by
 * `clipping`, `gradientPenalty` or `spectralNorm`.
 */
export function wasserstein(): AdversarialLoss {
  return {
    name: 'wasserstein',
    critic: (real, fake) => tf.neg(wassersteinEstimate(real, fake)),
    generator: wassersteinGeneratorLoss,
    encoder: (real) => tf.mean(checkedScores('wasserstein', real)),
    gauges: ({ real, fake }) => ({
      ...(real && { wasserstein: wassersteinEstimate(real, fake) }),
      ...meanScores({ ...given({ real }), fake }),
    }),
  };
}
