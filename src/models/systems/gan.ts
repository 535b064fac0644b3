import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, keyOf } from '../../engine/index.ts';
import {
  type AugmentedSide,
  applyAugmentations,
  augmentationInputs,
  type CriticAugmentation,
  requireAugmentable,
} from '../augmentations/augmentation.ts';
import type { Layer } from '../layers/layer.ts';
import { type AdversarialLoss, requireLoss } from '../losses/adversarial-loss.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Batch, System } from '../system.ts';
import type { CriticGauge, CriticTerm, GeneratorTerm } from '../terms/term.ts';
import type { AverageDecay } from './averages.ts';
import type { Conditioning } from './conditioning.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { inputsBy, type Latent, latentOf } from './latent.ts';
import type { Member } from './member.ts';
import { oneScore } from './one-score.ts';
import { requireParts, rule } from './require-parts.ts';
import { type Adversary, rivals, type StepInputs } from './rivals.ts';

/**
 * A network on the critic's features (its tap `features`): a classifier, one that guesses codes.
 */
export interface Head {
  readonly layer: Layer;
  /** The players that train it in addition to the critic. @default the critic alone */
  readonly trainedBy?: 'critic' | 'both';
}

/** What every system of a critic and a generator is made of. */
export interface Adversaries {
  /** The name in metrics, logs and checkpoints. */
  readonly name?: string;
  /**
   * From one example (or a pack of them) to one score, [1]. Its input is what the generator puts
   * out.
   */
  readonly critic: Layer;
  /** From [latent] to one example. */
  readonly generator: Layer;
  /** The noise that makes one example: so many numbers, N(0, 1), or another source. */
  readonly latent: number | Latent;
  readonly optimizers: Readonly<Record<Adversary, Optimizer>>;
  /** Penalties on the critic. */
  readonly penalties?: readonly CriticTerm[];
  /** Metrics of the critic's events that add nothing to its loss, as `spectralNorms()`. */
  readonly gauges?: readonly CriticGauge[];
  /** Terms of the generator's loss in addition to the adversarial loss. */
  readonly terms?: readonly GeneratorTerm[];
  /** Networks on the critic's features, for terms that use them. */
  readonly heads?: Readonly<Record<string, Head>>;
  /** What the examples are asked to be of. Without it the data is taken as a whole. */
  readonly conditioning?: Conditioning;
  /**
   * How many examples the critic judges at once, side by side along the last axis: a critic of a
   * whole pack detects missing modes. Their conditions are joined in the same way. Lin et al.,
   * PacGAN, https://arxiv.org/abs/1712.04086. @default 1
   */
  readonly packing?: number;
  /** What the critic sees images through, real and fake alike, as `diffAugment()`. @default none */
  readonly augmentations?: readonly CriticAugmentation[];
  /**
   * Decay of a moving average of the generator's weights, from 0 to below 1. Samples are then drawn
   * from the average (with the buffers of the generator as it is). Without it they are drawn from
   * the generator itself.
   */
  readonly average?: AverageDecay;
}

/** What the options of every such system must be. */
export const adversaries = {
  critic: rule.layer,
  generator: rule.layer,
  latent: rule.latent,
  optimizers: rule.optimizers('critic', 'generator'),
  penalties: rule.terms,
  gauges: rule.gauges,
  terms: rule.terms,
  augmentations: rule.augmentations,
};

/** Critic and generator, and their adversarial loss. */
export interface GanOptions extends Adversaries {
  readonly loss: AdversarialLoss;
}

/**
 * A generative adversarial network: any loss with any penalties, terms, networks and schedule.
 * Goodfellow et al., https://arxiv.org/abs/1406.2661, with the losses of others as values.
 *
 * The events of both players report `loss`, the gauges of the adversarial loss (`realScore`,
 * `fakeScore`, ...) and those of the terms; those of the critic also `diversity`, how far the
 * samples of the batch lie from each other as a share of the same for the data.
 * @throws RangeError naming the option that is wrong
 */
export function gan(options: GanOptions): System<Adversary> {
  requireParts(options?.name ?? 'gan', options, { ...adversaries, loss: requireLoss });
  const { name = 'gan', loss, penalties = [], terms = [], conditioning, packing = 1, optimizers } = options;
  const { augmentations = [] } = options;
  const latent = latentOf(name, options.latent);
  const heads = Object.entries(options.heads ?? {});
  const { networks, shape } = membersOf(name, options, latent);
  requireAugmentable(name, augmentations, shape);
  const together = (examples: tf.Tensor) => packed(examples, packing);
  const seen = (side: AugmentedSide) => (examples: tf.Tensor, inputs: StepInputs) =>
    together(applyAugmentations(augmentations, side, examples, inputs));
  const both = heads.filter(([, { trainedBy }]) => trainedBy === 'both');
  const pair = rivals({
    name,
    loss,
    penalties,
    gauges: options.gauges ?? [],
    terms,
    heads: heads.map(([head]) => head),
    critic: { trains: ['critic', ...heads.map(([head]) => head)], optimizer: optimizers.critic },
    generator: {
      trains: ['generator', ...both.map(([head]) => head)],
      optimizer: optimizers.generator,
    },
    make: (all, { noise, condition }) => all.generator!(noise!, condition),
    fake: seen('fake'),
    real: seen('real'),
    ...(conditioning && { condition: ({ condition }) => together(condition!) }),
  });

  const noise = (count: number, key: Key, first = 0) => latent.draw(count, fold(key, 'noise'), first);
  const system = game<string, Adversary, string>({
    name,
    networks,
    players: { critic: pair.critic, generator: pair.generator },
    ...(options.average !== undefined && { average: { of: 'generator', decay: options.average } }),
    inputs({ batch, player }, key) {
      const count = checkedCount(name, batch, shape, packing);
      const own = pair.inputs(player, batch, key, packing);
      const sides: readonly AugmentedSide[] = own.real === undefined ? ['fake'] : ['real', 'fake'];
      const draws = sides.map((side) => augmentationInputs(augmentations, side, batch.examples.shape, key));
      return {
        noise: noise(count, key),
        ...(conditioning && { condition: conditioning.of(batch) }),
        ...own,
        ...Object.assign({}, ...draws),
      };
    },
    sample: ({ generator }, inputs) => generator!(inputs.noise!, inputs.condition).y,
    samplerInputs: (count, key, first) => ({
      noise: noise(count, key, first),
      ...(conditioning && { condition: conditioning.draw(count, fold(key, 'condition'), first) }),
    }),
    noise: { noise: latent },
  });
  const { ofClass } = conditioning ?? {};
  if (ofClass === undefined) return system;
  return { ...system, asked: { label: (label, count) => ({ condition: ofClass(label, count) }) } };
}

/** Examples side by side along their last axis, `size` to a pack. */
function packed(examples: tf.Tensor, size: number): tf.Tensor {
  return size === 1 ? examples : tf.concat(tf.split(examples, size), -1);
}

/** The networks, and the shape of one example, from options that fit together. */
function membersOf(
  name: string,
  { critic, generator, heads = {}, packing = 1, conditioning, ...extra }: Adversaries,
  latent: Latent,
): { networks: Record<string, Member>; shape: readonly number[] } {
  wholeNumber(`${name}: packing`, packing, 1);
  const key = keyOf(0);
  const condition = conditioning?.size ?? 0;
  const [together, single] = [{ condition: condition * packing }, inputsBy(latent, condition)];
  const made = generator.init(key, [latent.size], single);
  const { shape } = made;
  const pack = [...shape.slice(0, -1), shape.at(-1)! * packing];
  const scorer = oneScore(name, critic, pack, together);
  const features = scorer.taps?.features;
  const members = Object.entries(heads).map(([head, { layer }]) => {
    if (features === undefined)
      throw new RangeError(
        `${name}: heads: expected a critic that shows its features, got one that shows none`,
      );
    return [head, { layer, input: features }, layer.init(key, features)] as const;
  });
  const headNetworks = Object.fromEntries(members.map(([head, , initial]) => [head, initial]));
  const { penalties = [], gauges = [], terms = [] } = extra;
  for (const term of [...penalties, ...gauges, ...terms])
    term.check?.({ networks: { critic: scorer, generator: made, ...headNetworks }, condition, packing });
  const networks = {
    critic: { layer: critic, input: pack, inputs: together },
    generator: { layer: generator, input: [latent.size], inputs: single },
    ...Object.fromEntries(members.map(([head, member]) => [head, member])),
  };
  return { networks, shape };
}

/**
 * The number of examples in a batch that fits. @throws RangeError for other shapes, or packs that
 * do not come out even
 */
function checkedCount(name: string, batch: Batch, shape: readonly number[], packing: number): number {
  const { count } = examplesOf(name, batch, shape);
  if (count % packing !== 0)
    throw new RangeError(`${name}: expected batches of a multiple of ${packing} examples, got ${count}`);
  return count;
}
