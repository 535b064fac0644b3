import { wholeNumber } from '../../base/index.ts';
import { dense } from '../layers/dense.ts';
import { lecunNormal } from '../layers/initializer.ts';
import type { AdversarialLoss } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import type { System } from '../system.ts';
import { classification } from '../terms/classification.ts';
import { byLabel } from './conditioning.ts';
import { type Adversaries, adversaries, gan } from './gan.ts';
import { requireParts } from './require-parts.ts';
import type { Adversary } from './rivals.ts';

/**
 * What makes an AC-GAN: its critic outputs `features` and takes no condition, its generator takes
 * the class.
 */
export interface AcGanOptions extends Omit<Adversaries, 'conditioning' | 'packing'> {
  readonly classes: number;
  /** Weight of the classification in both losses. @default 1 */
  readonly classWeight?: number;
  /** @default nonSaturating() */
  readonly loss?: AdversarialLoss;
}

/**
 * A GAN whose critic also classifies its input, a loss that both players minimise. Odena et al.,
 * https://arxiv.org/abs/1610.09585, equations 2 and 3.
 *
 * Values beside those of the loss: `classLoss`, `classAccuracy`.
 * @throws RangeError naming the option that is wrong
 */
export function acGan(options: AcGanOptions): System<Adversary> {
  requireParts('ac-gan', options, adversaries);
  const { classes, classWeight = 1, loss = nonSaturating(), ...rest } = options;
  wholeNumber('ac-gan: classes', classes, 2);
  const task = classification(classWeight);
  return gan({
    name: 'ac-gan',
    ...rest,
    loss,
    conditioning: byLabel(classes),
    heads: { ...options.heads, classifier: { layer: dense(classes, { kernel: lecunNormal }) } },
    penalties: [task, ...(options.penalties ?? [])],
    terms: [task, ...(options.terms ?? [])],
  });
}
