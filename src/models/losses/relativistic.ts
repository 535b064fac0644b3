import * as tf from '@tensorflow/tfjs-core';
import { type AdversarialLoss, judgements, meanScores } from './adversarial-loss.ts';
import { nonSaturating } from './non-saturating.ts';
import { checkedScores } from './scores.ts';

/**
 * The relativistic average of a loss: each score is taken less the mean score of the other side,
 * and the generator has the critic's loss with the sides exchanged, which real examples are part
 * of. Jolicoeur-Martineau, https://arxiv.org/abs/1807.00734, equations 12 and 13: RaSGAN by
 * `nonSaturating()`, RaHingeGAN by `hinge()`, RaLSGAN by `leastSquares({ real: 1, fake: -1 })`,
 * whose code here has half of both losses.
 *
 * Accuracies are shares of scores on the right side of the mean of the other side.
 * @throws RangeError for a loss that is relativistic itself
 */
export function relativisticAverage(loss: AdversarialLoss = nonSaturating()): AdversarialLoss {
  return relativistic('relativistic average', loss, 1, (own, other) => tf.sub(own, tf.mean(other)));
}

/**
 * The relativistic loss of pairs: score i of one side is taken less score i of the other, so both
 * sides have as many examples. With f(t) what the loss asks of a real score t, the critic minimises
 * mean f(D(real) - D(fake)) and the generator mean f(D(fake) - D(real)). Jolicoeur-Martineau,
 * https://arxiv.org/abs/1807.00734, equations 5 and 6; with `r1Penalty` and `r2Penalty` it is the
 * game of R3GAN, Huang et al., https://arxiv.org/abs/2501.05441, section 2.
 *
 * Accuracies are shares of pairs in which the real example has the higher score.
 * @throws RangeError for a loss that is relativistic itself
 */
export function relativisticPaired(loss: AdversarialLoss = nonSaturating()): AdversarialLoss {
  // Both parts of a symmetric loss say the same of a pair.
  return relativistic('relativistic paired', loss, 0.5, (own, other) => {
    if (own.shape.join() !== other.shape.join())
      throw new RangeError(
        `relativisticPaired: expected as many real as fake examples, got ${own.shape[0]} and ${other.shape[0]}`,
      );
    return tf.sub(own, other);
  });
}

function relativistic(
  name: string,
  loss: AdversarialLoss,
  weight: number,
  less: (own: tf.Tensor, other: tf.Tensor) => tf.Tensor,
): AdversarialLoss {
  if (loss.relativistic === true)
    throw new RangeError(`${name}: loss: expected one of single scores, got ${loss.name}`);
  const game = (better: tf.Tensor, worse: tf.Tensor) => {
    const [up, down] = [better, worse].map((scores) => checkedScores(name, scores)) as [tf.Tensor, tf.Tensor];
    return tf.mul(weight, loss.critic(less(up, down), less(down, up)));
  };
  return {
    name: `${name} ${loss.name}`,
    relativistic: true,
    critic: game,
    generator(fake, real) {
      if (real === undefined)
        throw new TypeError(`${name}: generator: expected scores of real examples, got none`);
      return game(fake, real);
    },
    encoder() {
      throw new RangeError(`${name}: encoder: expected a loss of single scores, got ${loss.name} relative`);
    },
    gauges({ real, fake }) {
      if (real === undefined) return meanScores({ fake });
      const { realAccuracy, fakeAccuracy } = judgements(
        { real: less(real, fake), fake: less(fake, real) },
        0,
      );
      return { ...meanScores({ real, fake }), realAccuracy: realAccuracy!, fakeAccuracy: fakeAccuracy! };
    },
  };
}
