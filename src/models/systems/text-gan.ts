import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, keyOf } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import type { Network } from '../layers/network.ts';
import { diversity } from '../losses/diversity.ts';
import type { MatchingAwareLoss } from '../losses/matching-aware.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import { examplesOf } from './examples-of.ts';
import { game, type PlayerRule } from './game.ts';
import { gaussian, inputsBy, type Latent } from './latent.ts';
import { oneScore } from './one-score.ts';
import type { Networks, StepInputs } from './rivals.ts';
import { readerRule, type TextSource, textSide } from './text-source.ts';

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
  readonly average?: number;
}

/**
 * A GAN from sentences to pictures: GAN-CLS, and with `interpolated` sentences GAN-INT-CLS. Reed et
 * al., https://arxiv.org/abs/1605.05396. The reader learns in a phase of its own, before the others
 * begin; afterwards it stays as it is.
 *
 * Events of the reader report `retrieval`; those of the other two the gauges of the adversarial
 * loss; those of the critic also `wrongScore`, the mean score of real pictures with wrong sentences,
 * and `diversity`; those of the generator `interpolatedScore`, where there are such sentences.
 * @throws RangeError naming the option that is wrong
 */
export function textGan(options: TextGanOptions): System<TextPlayer> {
  const { name = 'text-gan', loss, critic, generator, optimizers } = options;
  const latent =
    typeof options.latent === 'number'
      ? gaussian(wholeNumber(`${name}: latent`, options.latent, 1))
      : options.latent;
  const size = sizeOfText(options.text);
  const { shape } = generator.init(keyOf(0), [latent.size], inputsBy(latent, size));
  oneScore(name, critic, shape, { condition: size });
  const text = textSide(name, options.text, shape);

  const players: Record<string, PlayerRule<string, string>> = {
    ...(text.learns && { reader: readerRule(options.text as never, requireReader(name, optimizers.reader)) }),
    critic: {
      trains: ['critic'],
      optimizer: optimizers.critic,
      loss(all: Networks, inputs: StepInputs) {
        const right = text.describe(all, inputs.text!);
        const real = inputs.real!;
        const fake = all.generator!(inputs.noise!, right).y;
        const [onReal, onFake, onWrong] = judgeTogether(all.critic!, [
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
      trains: ['generator'],
      optimizer: optimizers.generator,
      loss(all: Networks, inputs: StepInputs) {
        const right = text.describe(all, inputs.text!);
        const [count] = right.shape;
        const between = inputs.noise!.shape[0]! - count;
        const described = between > 0 ? (tf.concat([right, halfway(right, between)]) as tf.Tensor2D) : right;
        const fake = all.generator!(inputs.noise!, described).y;
        const scores = all.critic!(fake, described).y;
        const [onFake, onBetween] =
          between > 0 ? (tf.split(scores, [count, between]) as [tf.Tensor, tf.Tensor]) : [scores];
        return {
          loss: loss.generator(onFake, onBetween),
          values: {
            ...loss.gauges({ fake: onFake }),
            ...(onBetween && { interpolatedScore: tf.mean(onBetween) }),
          },
        };
      },
    },
  };

  const noise = (count: number, key: Key) => latent.draw(count, fold(key, 'noise'));
  const system = game<string, string, string>({
    name,
    networks: {
      ...text.networks,
      critic: { layer: critic, input: shape, inputs: { condition: size } },
      generator: { layer: generator, input: [latent.size], inputs: inputsBy(latent, size) },
    },
    players,
    ...(options.average === undefined ? {} : { average: { of: 'generator', decay: options.average } }),
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
    samplerInputs: (count, key) => ({ noise: noise(count, key), text: text.draw(count) }),
  });
  return {
    ...(system as System<TextPlayer>),
    asked: { caption: (caption, count) => ({ text: text.asked(caption, count) }) },
  };
}

/** The scores of several pairs of pictures and descriptions, by one call of the critic. */
function judgeTogether(
  critic: Network,
  pairs: readonly (readonly [x: tf.Tensor, description: tf.Tensor2D])[],
): tf.Tensor[] {
  const x = tf.concat(pairs.map(([picture]) => picture));
  const described = tf.concat(pairs.map(([, description]) => description));
  return tf.split(critic(x, described).y, pairs.length) as tf.Tensor[];
}

/** The means of the first rows and as many from the middle on: sentences between two. */
function halfway(descriptions: tf.Tensor2D, count: number): tf.Tensor2D {
  const [rows, size] = descriptions.shape;
  const first = tf.slice(descriptions, [0, 0], [count, size]);
  const second = tf.slice(descriptions, [rows - count, 0], [count, size]);
  return tf.mul(0.5, tf.add(first, second)) as tf.Tensor2D;
}

function sizeOfText(source: TextSource): number {
  if ('embedding' in source) return source.embedding;
  const { reader, tokens } = source;
  return reader.init(keyOf(0), [tokens.length, tokens.size]).shape[0] ?? 0;
}

function requireReader(name: string, optimizer: Optimizer | undefined): Optimizer {
  if (optimizer !== undefined) return optimizer;
  throw new RangeError(`${name}: optimizers: expected one of the reader, which learns, got none`);
}
