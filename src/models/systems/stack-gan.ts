import * as tf from '@tensorflow/tfjs-core';
import { fold, type Key, keyOf, Value } from '../../engine/index.ts';
import { augmentCondition } from '../layers/augment-condition.ts';
import type { Layer } from '../layers/layer.ts';
import { averagePooled, upsampled } from '../layers/pooling.ts';
import type { MatchingAwareLoss } from '../losses/matching-aware.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import type { AverageDecay } from './averages.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { gaussian } from './latent.ts';
import { oneScore } from './one-score.ts';
import { playersOfPairs } from './players-of-pairs.ts';
import { requireParts, rule } from './require-parts.ts';
import type { Networks } from './rivals.ts';
import { textPair } from './text-pair.ts';
import {
  descriptionSize,
  readerRule,
  requireReader,
  requireText,
  type TextSource,
  textSide,
} from './text-source.ts';

/** The players, in the order of their phases; `reader` only where there is one to teach. */
export type StackPlayer = 'reader' | 'critic@1' | 'generator@1' | 'critic@2' | 'generator@2';

/** What a StackGAN is made of. */
export interface StackGanOptions {
  /** The name in metrics, logs and checkpoints. @default 'stack-gan' */
  readonly name?: string;
  readonly text: TextSource;
  /** Numbers of the augmented condition of each stage. */
  readonly augment: number;
  /** Stage I: from noise and the augmented condition to small images. */
  readonly first: {
    /** From a small image to one score, [1], by the description as condition. */
    readonly critic: Layer;
    /** From [latent + augment] to a small image. */
    readonly generator: Layer;
    /** Numbers of noise, N(0, 1). */
    readonly latent: number;
  };
  /** Stage II: from small images and their descriptions to large ones. */
  readonly second: {
    /** From a large image to one score, [1], by the description as condition. */
    readonly critic: Layer;
    /** From a small image to a large one, by the augmented condition: `refiner`. */
    readonly generator: Layer;
  };
  /** Without `interpolated`, which neither stage is trained by. */
  readonly loss: MatchingAwareLoss;
  /**
   * Weight of KL(N(mu, sigma^2) || N(0, 1)), summed over the numbers of the augmented condition.
   * The paper's code takes twice their mean, which for its 128 numbers is 0.0156. @default 0.02
   */
  readonly klWeight?: number;
  readonly optimizers: Readonly<Record<'critic' | 'generator', Optimizer>> & { readonly reader?: Optimizer };
  /** Decay of the averages of the generators, from which samples are drawn. @default none */
  readonly average?: AverageDecay;
}

/**
 * Two stages from sentences to images: the first makes small ones of noise and the description of a
 * sentence, the second reads these and the description again, and makes large ones. Each stage has
 * a conditioning augmentation of its own; stage II has no other noise. Zhang et al., StackGAN,
 * https://arxiv.org/abs/1612.03242.
 *
 * Stage I learns on examples that are reduced by 2x2 means, and stays as it is while stage II
 * learns. The mark `stage` says which of them samples are drawn from: before stage II has begun
 * they are the small images, enlarged.
 * @throws RangeError naming the option that is wrong
 */
export function stackGan(options: StackGanOptions): System<StackPlayer> {
  const stage = { critic: rule.layer, generator: rule.layer };
  requireParts(options?.name ?? 'stack-gan', options, {
    text: requireText,
    augment: rule.count,
    first: rule.group({ ...stage, latent: rule.count }),
    second: rule.group(stage),
    loss: rule.matchingLoss,
    optimizers: rule.optimizers('critic', 'generator'),
  });
  const { name = 'stack-gan', first, second, loss, augment, optimizers, klWeight = 0.02, average } = options;
  if (loss.interpolated > 0)
    throw new RangeError(`${name}: loss: expected one without interpolated, got ${loss.interpolated}`);
  const size = descriptionSize(options.text);
  const noisy = first.latent + augment;
  const small = first.generator.init(keyOf(0), [noisy]).shape;
  const large = second.generator.init(keyOf(0), small, { condition: augment }).shape;
  const factor = (large[0] ?? 0) / (small[0] ?? 1);
  if (large.length !== 3 || !Number.isInteger(Math.log2(factor)) || large[1] !== factor * small[1]!)
    throw new RangeError(
      `${name}: expected images of stage II whose sides are a power of two times those of stage I, got [${large}] and [${small}]`,
    );
  oneScore(name, first.critic, small, { condition: size });
  oneScore(name, second.critic, large, { condition: size });
  const text = textSide(name, options.text, large);

  const stageOne = (all: Networks, call: 'settled' | undefined, noise: tf.Tensor, described: tf.Tensor) => {
    const [augmenter, generator] = [all['augment@1']!, all['generator@1']!];
    const condition = call ? augmenter[call](noise, described) : augmenter(noise, described);
    return { y: (call ? generator[call](condition.y) : generator(condition.y)).y, taps: condition.taps };
  };
  const stageTwo = (all: Networks, images: tf.Tensor, noise: tf.Tensor, described: tf.Tensor) => {
    const condition = all['augment@2']!(noise, described);
    return { y: all['generator@2']!(images, condition.y).y, taps: condition.taps };
  };
  const pairOf = (stage: 1 | 2, rest: Pick<Parameters<typeof textPair>[0], 'make' | 'real'>) =>
    textPair({
      text,
      loss,
      klWeight,
      critic: { trains: [`critic@${stage}`], optimizer: optimizers.critic },
      generator: { trains: [`augment@${stage}`, `generator@${stage}`], optimizer: optimizers.generator },
      ...rest,
    });
  const stageOnePair = pairOf(1, {
    make: (all, { noise }, described) => stageOne(all, undefined, noise!, described),
    real: (x) => averagePooled(x, factor),
  });
  const stageTwoPair = pairOf(2, {
    make(all, { noise, refineNoise }, described) {
      const images = stageOne(all, 'settled', noise!, described).y;
      return stageTwo(all, images, refineNoise!, described);
    },
  });
  const { players, roles } = playersOfPairs([
    { at: 1, pair: stageOnePair, stage: 1 },
    { at: 2, pair: stageTwoPair, stage: 2 },
  ] as const);

  const sourcesOfNoise = { noise: gaussian(noisy), refineNoise: gaussian(augment) };
  const noises = (count: number, key: Key, stage: 1 | 2, from = 0) => ({
    noise: sourcesOfNoise.noise.draw(count, fold(key, 'noise'), from),
    ...(stage === 2 && { refineNoise: sourcesOfNoise.refineNoise.draw(count, fold(key, 'refine'), from) }),
  });
  const described = { condition: size };
  const system = game<string, string, string>({
    name,
    networks: {
      ...text.networks,
      'critic@1': { layer: first.critic, input: small, inputs: described },
      'augment@1': { layer: augmentCondition(size, augment), input: [noisy], inputs: described },
      'generator@1': { layer: first.generator, input: [noisy] },
      'critic@2': { layer: second.critic, input: large, inputs: described },
      'augment@2': { layer: augmentCondition(size, augment), input: [augment], inputs: described },
      'generator@2': { layer: second.generator, input: small, inputs: { condition: augment } },
    },
    players: {
      ...(text.learns && {
        reader: readerRule(options.text as never, requireReader(name, optimizers.reader)),
      }),
      ...players,
    },
    ...(average !== undefined && {
      average: ['augment@1', 'generator@1', 'augment@2', 'generator@2'].map((of) => ({ of, decay: average })),
    }),
    marks: { stage: 1 },
    inputs({ batch, player }, key) {
      const { examples, count } = examplesOf(name, batch, large, text.parts);
      const own = { text: text.of(batch) };
      const role = roles.get(player);
      if (role === undefined) return { ...own, real: examples };
      const { stage, adversary } = role;
      const inputs = { ...own, stage: Value.scalar(stage), ...noises(count, key, stage) };
      if (adversary === 'generator') return inputs;
      return { ...inputs, real: examples, ...(loss.wrong > 0 && text.wrongOf(batch, key)) };
    },
    sample(all, inputs) {
      const description = text.describe(all, inputs.text!);
      const images = stageOne(all, undefined, inputs.noise!, description).y;
      const refined = stageTwo(all, images, inputs.refineNoise!, description).y;
      const second = tf.sub(inputs.stage!, 1);
      return tf.add(tf.mul(tf.sub(1, second), upsampled(images, factor)), tf.mul(second, refined));
    },
    samplerInputs: (count, key, from) => ({
      ...noises(count, key, 2, from),
      text: text.draw(count, from),
    }),
    noise: sourcesOfNoise,
  });
  return {
    ...(system as System<StackPlayer>),
    asked: { caption: (caption, count) => ({ text: text.asked(caption, count) }) },
  };
}
