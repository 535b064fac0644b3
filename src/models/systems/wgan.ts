import { positiveNumber } from '../../base/index.ts';
import { wasserstein } from '../losses/wasserstein.ts';
import { clipping } from '../optimizers/clipping.ts';
import type { System } from '../system.ts';
import { type Adversaries, adversaries, gan } from './gan.ts';
import { requireParts } from './require-parts.ts';
import type { Adversary } from './rivals.ts';

/** What makes a WGAN with weight clipping. */
export interface WganOptions extends Adversaries {
  /** Bound of every weight and bias of the critic, c. @default 0.01 */
  readonly clip?: number;
}

/**
 * WGAN with weight clipping. Arjovsky et al., https://arxiv.org/abs/1701.07875, algorithm 1.
 * Weights are cut after each update, so the initial weights of a critic may lie beyond the bound
 * for one step.
 *
 * Values of the critic's events: `loss`, `wasserstein` (mean D(real) - mean D(fake)), `realScore`,
 * `fakeScore`, `diversity`, `clippedShare` (share of weights at the bound). Of the generator's:
 * `loss`, `fakeScore`.
 * @throws RangeError naming the option that is wrong
 */
export function wgan(options: WganOptions): System<Adversary> {
  const { clip = 0.01, ...rest } = requireParts('wgan', options, adversaries);
  positiveNumber('wgan: clip', clip);
  const { critic, generator } = rest.optimizers;
  return gan({
    name: 'wgan',
    ...rest,
    loss: wasserstein(),
    optimizers: { critic: clipping(critic, clip), generator },
  });
}
