import * as tf from '@tensorflow/tfjs-core';
import { fold, type Key, keyOf, type Value } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import { type AdversarialLoss, halvedCritic, requireLoss } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import { distanceTo } from '../terms/distance-to.ts';
import type { CriticTerm } from '../terms/term.ts';
import type { AverageDecay } from './averages.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import type { Latent } from './latent.ts';
import { oneScore } from './one-score.ts';
import { requireParts, rule } from './require-parts.ts';
import { type Adversary, rivals } from './rivals.ts';
import { repeatedSource, type Sources } from './sources.ts';

/** Options of an image-to-image GAN on pairs. */
export interface Pix2pixOptions {
  /** What is given, from which the examples of the data are made. */
  readonly sources: Sources;
  /** Of a source and an image side by side along the channels: one score, or one a patch. */
  readonly critic: Layer;
  /** From a source to an image; the noise is its condition, as `noiseMap` takes it. */
  readonly generator: Layer;
  /** The noise of one image. @default none */
  readonly latent?: Latent;
  /** @default nonSaturating */
  readonly loss?: AdversarialLoss;
  /** Weight of the L1 distance from the true image, lambda. @default 100 */
  readonly distance?: number;
  readonly penalties?: readonly CriticTerm[];
  readonly optimizers: Readonly<Record<Adversary, Optimizer>>;
  /** Decay of a moving average of the generator's weights. @default none */
  readonly average?: AverageDecay;
}

/**
 * A conditional GAN from one image to another, learned from pairs, with an L1 pull to the true
 * image and a critic of (source, image) whose patches are judged each for itself. Isola et al.,
 * https://arxiv.org/abs/1611.07004, equations 1 to 4; the critic's loss is halved as in section
 * 3.3.
 *
 * The events of both players report `loss` and the gauges of the adversarial loss; the critic's
 * also `diversity`, the generator's `distance`, the L1 distance without its weight.
 * @throws RangeError naming the option that is wrong
 */
export function pix2pix(options: Pix2pixOptions): System<Adversary> {
  const name = 'pix2pix';
  requireParts(name, options, {
    sources: rule.sources,
    critic: rule.layer,
    generator: rule.layer,
    latent: rule.optional(rule.noise),
    loss: rule.optional(requireLoss),
    optimizers: rule.optimizers('critic', 'generator'),
    penalties: rule.terms,
  });
  const { sources, critic, generator, latent, loss = nonSaturating(), optimizers, average } = options;
  const noiseSpec = { condition: latent?.size ?? 0 };
  const { shape } = generator.init(keyOf(0), sources.shape, noiseSpec);
  const pair = besideEachOther(sources.shape, shape);
  oneScore(name, critic, pair, { condition: 0 });
  const { penalties = [], distance = 100 } = options;
  const noise = (count: number, key: Key, first = 0) =>
    latent && { noise: latent.draw(count, fold(key, 'noise'), first) };
  const players = rivals({
    name,
    loss: halvedCritic(loss),
    penalties,
    terms: [distanceTo({ weight: distance })],
    critic: { trains: ['critic'], optimizer: optimizers.critic },
    generator: { trains: ['generator'], optimizer: optimizers.generator },
    make: (all, { source, noise }) => all.generator!(source!, noise),
    judge: (ask, x, { source }) => ask(tf.concat([source!, x], -1)),
  });
  const system = game<string, Adversary, string>({
    name,
    networks: {
      critic: { layer: critic, input: pair, inputs: { condition: 0 } },
      generator: { layer: generator, input: sources.shape, inputs: noiseSpec },
    },
    players: { critic: players.critic, generator: players.generator },
    ...(average !== undefined && { average: { of: 'generator', decay: average } }),
    inputs({ batch, player }, key) {
      const { count, parts } = examplesOf(name, batch, shape, { [sources.part]: sources.shape });
      return { source: parts[sources.part]!, ...noise(count, key), ...players.inputs(player, batch, key) };
    },
    sample: ({ generator }, { source, noise }) => generator!(source!, noise).y,
    samplerInputs: (count, key, first) => ({
      source: sources.draw(count, fold(key, 'source'), first),
      ...noise(count, key, first),
    }),
    ...(latent && { noise: { noise: latent } }),
  });
  const source = (image: Value, count: number) => ({
    source: repeatedSource(sources.shape, image, count),
  });
  return { ...system, asked: { source } };
}

/** The shape of two images side by side. @throws RangeError when their sides differ */
function besideEachOther(source: readonly number[], made: readonly number[]): readonly number[] {
  const fits = source.length === made.length && source.slice(0, -1).join() === made.slice(0, -1).join();
  if (!fits)
    throw new RangeError(
      `pix2pix: generator: expected images with the sides of a source, [${source}], got [${made}]`,
    );
  return [...made.slice(0, -1), source.at(-1)! + made.at(-1)!];
}
