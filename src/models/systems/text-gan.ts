import { fold, type Key, keyOf } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import type { MatchingAwareLoss } from '../losses/matching-aware.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import type { AverageDecay } from './averages.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { inputsBy, type Latent, latentOf } from './latent.ts';
import { oneScore } from './one-score.ts';
import { requireParts, rule } from './require-parts.ts';
import { textPair } from './text-pair.ts';
import {
  descriptionSize,
  readerRule,
  requireReader,
  requireText,
  type TextSource,
  textSide,
} from './text-source.ts';

/** The players; `reader` only where the source has a reader to teach. */
export type TextPlayer = 'reader' | 'critic' | 'generator';

/** What a text-to-image GAN is made of. */
export interface TextGanOptions {
  /** The name in metrics, logs and checkpoints. @default 'text-gan' */
  readonly name?: string;
  readonly text: TextSource;
  /** From an example to one score, [1]; its condition is the description of a sentence. */
  readonly critic: Layer;
  /** From [latent] to one example, by the same condition. */
  readonly generator: Layer;
  readonly latent: number | Latent;
  readonly loss: MatchingAwareLoss;
  /** That of the reader where it learns. */
  readonly optimizers: Readonly<Record<'critic' | 'generator', Optimizer>> & { readonly reader?: Optimizer };
  /** Decay of the average of the generator's weights that samples are drawn from. @default none */
  readonly average?: AverageDecay;
}

/**
 * A GAN from sentences to pictures: GAN-CLS, and with `interpolated` sentences GAN-INT-CLS. Reed et
 * al., https://arxiv.org/abs/1605.05396. The reader learns in a phase of its own, before the others
 * begin; afterwards it stays as it is.
 *
 * Events of the reader report `retrieval`; those of the other two the gauges of the adversarial
 * loss; those of the critic also `wrongScore`, the mean score of real pictures with wrong
 * sentences, and `diversity`; those of the generator `interpolatedScore`, where there are such
 * sentences.
 * @throws RangeError naming the option that is wrong
 */
export function textGan(options: TextGanOptions): System<TextPlayer> {
  requireParts(options?.name ?? 'text-gan', options, {
    text: requireText,
    critic: rule.layer,
    generator: rule.layer,
    latent: rule.latent,
    loss: rule.matchingLoss,
    optimizers: rule.optimizers('critic', 'generator'),
  });
  const { name = 'text-gan', loss, critic, generator, optimizers } = options;
  const latent = latentOf(name, options.latent);
  const size = descriptionSize(options.text);
  const { shape } = generator.init(keyOf(0), [latent.size], inputsBy(latent, size));
  oneScore(name, critic, shape, { condition: size });
  const text = textSide(name, options.text, shape);

  const pair = textPair({
    text,
    loss,
    critic: { trains: ['critic'], optimizer: optimizers.critic },
    generator: { trains: ['generator'], optimizer: optimizers.generator },
    make: (all, { noise }, described) => all.generator!(noise!, described),
  });
  const noise = (count: number, key: Key, first = 0) => latent.draw(count, fold(key, 'noise'), first);
  const system = game<string, string, string>({
    name,
    networks: {
      ...text.networks,
      critic: { layer: critic, input: shape, inputs: { condition: size } },
      generator: { layer: generator, input: [latent.size], inputs: inputsBy(latent, size) },
    },
    players: {
      ...(text.learns && {
        reader: readerRule(options.text as never, requireReader(name, optimizers.reader)),
      }),
      ...pair,
    },
    ...(options.average !== undefined && { average: { of: 'generator', decay: options.average } }),
    inputs({ batch, player }, key) {
      const { examples, count } = examplesOf(name, batch, shape, text.parts);
      const own = { text: text.of(batch) };
      if (player === 'reader') return { ...own, real: examples };
      if (player === 'critic') {
        const wrong = loss.wrong > 0 ? text.wrongOf(batch, key) : {};
        return { ...own, ...wrong, real: examples, noise: noise(count, key) };
      }
      return { ...own, noise: noise(count + (loss.interpolated > 0 ? Math.floor(count / 2) : 0), key) };
    },
    sample: (all, inputs) => all.generator!(inputs.noise!, text.describe(all, inputs.text!)).y,
    samplerInputs: (count, key, first) => ({
      noise: noise(count, key, first),
      text: text.draw(count, first),
    }),
    noise: { noise: latent },
  });
  return {
    ...(system as System<TextPlayer>),
    asked: { caption: (caption, count) => ({ text: text.asked(caption, count) }) },
  };
}
