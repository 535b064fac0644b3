import { dense } from '../layers/dense.ts';
import type { Layer } from '../layers/layer.ts';
import type { AdversarialLoss } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import type { System } from '../system.ts';
import { type MutualInformationOptions, mutualInformation } from '../terms/mutual-information.ts';
import type { Codes } from './codes.ts';
import { type Adversaries, adversaries, gan } from './gan.ts';
import { requireParts, rule } from './require-parts.ts';
import type { Adversary } from './rivals.ts';

/** What makes an InfoGAN. The critic must show its features. */
export interface InfoGanOptions extends Omit<Adversaries, 'latent' | 'heads' | 'conditioning' | 'packing'> {
  /** The noise, and the codes that are to mean something. */
  readonly codes: Codes;
  /**
   * From the critic's features to a guess of the codes, [categories + continuous]. @default one
   * dense layer
   */
  readonly guess?: Layer;
  readonly information?: MutualInformationOptions;
  /** @default nonSaturating() */
  readonly loss?: AdversarialLoss;
}

/**
 * InfoGAN: a GAN whose critic's features must predict the codes of a sample, so that codes become
 * meaningful: digits, slant, width, without any label. Chen et al.,
 * https://arxiv.org/abs/1606.03657. Critic, generator and the network that guesses all learn from
 * the bound, as in the paper's code.
 *
 * Events report the metrics of `gan`, and `mutualInformation` (nats) and `codeError`.
 * @throws RangeError naming the option that is wrong
 */
export function infoGan(options: InfoGanOptions): System<Adversary> {
  const { latent: _, ...others } = adversaries;
  requireParts('info-gan', options, { ...others, codes: rule.codes });
  const { codes, information, loss = nonSaturating(), ...rest } = options;
  const { guess = dense(codes.categories + codes.continuous) } = options;
  const bound = mutualInformation(codes, information);
  return gan({
    name: 'info-gan',
    ...rest,
    loss,
    latent: codes,
    heads: { codes: { layer: guess, trainedBy: 'both' } },
    penalties: [...(options.penalties ?? []), bound],
    terms: [...(options.terms ?? []), bound],
  });
}
