import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { requireTap, tapOf } from '../layers/tap.ts';
import { classAccuracy, crossEntropy } from '../losses/cross-entropy.ts';
import { requireSingle } from './require-single.ts';
import type { CriticContext, Term, TermContext } from './term.ts';

const withoutHead = () => new TypeError('classification: expected a head named classifier, got none');
const withoutLabels = () => new TypeError('classification: expected a conditioning by label, got none');

/**
 * The task of AC-GAN, for either player: the head `classifier`, on the critic's features, predicts
 * the class of real and of fake examples. Odena et al., https://arxiv.org/abs/1610.09585, equation
 * 3. Reports `classLoss` (not weighted) and `classAccuracy`: on real examples in steps of the
 * critic, on fake ones in those of the generator.
 */
export function classification(weight = 1): Term<TermContext> {
  finiteNumber('classification: weight', weight, 0);
  return {
    name: 'classification',
    check({ networks, condition, packing }) {
      const { critic, classifier } = networks;
      if (classifier === undefined) throw withoutHead();
      if (condition === 0) throw withoutLabels();
      requireSingle('classification', packing);
      requireTap(critic, 'features');
      if (classifier.shape.join() !== String(condition))
        throw new RangeError(
          `classification: classifier: expected logits of [${condition}], got [${classifier.shape}]`,
        );
    },
    add(scene) {
      const { heads, condition, onFake } = scene;
      const { classifier } = heads;
      if (classifier === undefined) throw withoutHead();
      if (condition === undefined) throw withoutLabels();
      const of = (taps: typeof onFake.taps) => classifier(tapOf(taps, 'features')).y;
      const onMade = of(onFake.taps);
      const real = (scene as Partial<CriticContext>).onReal;
      const onReal = real && of(real.taps);
      const made = crossEntropy(onMade, condition);
      const classLoss = onReal ? tf.add(crossEntropy(onReal, condition), made) : made;
      const values = { classLoss, classAccuracy: classAccuracy(onReal ?? onMade, condition) };
      return { loss: tf.mul(weight, classLoss), values };
    },
  };
}
