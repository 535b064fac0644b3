import { finiteNumber, oneOf } from '../../base/index.ts';
import type { Sided } from '../losses/slope-penalty.ts';
import { wasserstein } from '../losses/wasserstein.ts';
import type { System } from '../system.ts';
import { gradientPenalty } from '../terms/gradient-penalty.ts';
import { type Adversaries, adversaries, gan } from './gan.ts';
import { requireParts } from './require-parts.ts';
import type { Adversary } from './rivals.ts';

/** What makes a WGAN with gradient penalty. */
export interface WganGpOptions extends Adversaries {
  /**
   * Weight of the penalty, lambda. The paper takes 10, its code 0.1 for points in the plane.
   * @default 10
   */
  readonly penalty?: number;
  /** @default 'two' */
  readonly sided?: Sided;
}

/**
 * WGAN with gradient penalty. Gulrajani et al., https://arxiv.org/abs/1704.00028, algorithm 1. The
 * critic must score every example by itself: layer normalisation, not batch normalisation.
 *
 * Values of the critic's events: `loss`, `wasserstein` (mean D(real) - mean D(fake)), `realScore`,
 * `fakeScore`, `diversity`, `penalty` (not yet weighted), `gradientNorm` (mean slope between real
 * and fake). Of the generator's: `loss`, `fakeScore`.
 * @throws RangeError naming the option that is wrong
 */
export function wganGp(options: WganGpOptions): System<Adversary> {
  const { penalty = 10, sided = 'two', ...rest } = requireParts('wgan-gp', options, adversaries);
  finiteNumber('wgan-gp: penalty', penalty, 0);
  oneOf('wgan-gp: sided', sided, ['two', 'one']);
  return gan({
    name: 'wgan-gp',
    ...rest,
    loss: wasserstein(),
    penalties: [gradientPenalty(penalty, { sided }), ...(rest.penalties ?? [])],
  });
}
