import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { fold, type Key, keyOf, type Value } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import { type AdversarialLoss, halvedCritic, requireLoss } from '../losses/adversarial-loss.ts';
import { classAccuracy, crossEntropy } from '../losses/cross-entropy.ts';
import { meanSquaredError } from '../losses/distances.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import { entropyOfNoise } from '../terms/entropy-of-noise.ts';
import type { GeneratorTerm } from '../terms/term.ts';
import type { AverageDecay } from './averages.ts';
import { byLabel } from './conditioning.ts';
import { examplesOf } from './examples-of.ts';
import { game, type PlayerRule } from './game.ts';
import { type Latent, uniform } from './latent.ts';
import type { Member } from './member.ts';
import { oneScore } from './one-score.ts';
import { playersOfPairs } from './players-of-pairs.ts';
import { requireParts, rule } from './require-parts.ts';
import { type Networks, type Rivals, rivals, type StepInputs } from './rivals.ts';

/** A level of the stack, between what is below (the example, for the first) and what is above. */
export interface StackLevel {
  /** From below to above: the features of the level; of the last level, a logit for each class. */
  readonly encoder: Layer;
  /** From noise, [latent], to what is below; its condition is what is above, a flat vector. */
  readonly generator: Layer;
  /** Of what is below; it shows its `features`, from which `guess` reads the noise. */
  readonly critic: Layer;
  /** From the critic's features to the noise, [latent]. */
  readonly guess: Layer;
}

/** Options of a stacked GAN. */
export interface StackedGanOptions {
  /** From the examples upwards. */
  readonly levels: readonly StackLevel[];
  /** The shape of one example. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** The noise of each level. The paper's is U(0, 1), whose size is enough here. */
  readonly latent: number | Latent;
  /** @default nonSaturating */
  readonly loss?: AdversarialLoss;
  /** Weight of the entropy of the noise. @default 10 */
  readonly entropy?: number;
  /** Weight of the level's features, as the encoder reads them in what is made. @default 1 */
  readonly conditional?: number;
  readonly optimizers: Readonly<Record<'encoder' | 'critic' | 'generator', Optimizer>>;
  /** Decay of moving averages of the generators' weights. @default none */
  readonly average?: AverageDecay;
}

/**
 * The names of the players of a stack of so many levels, by phase: the encoder's, those that learn
 * each level on true features, and those that learn on the features that the level above makes.
 */
export function stackPlayers(levels: number) {
  const names = (prefix: string) =>
    Array.from({ length: levels }, (_, i) => levels - 1 - i).flatMap((level) => [
      `${prefix}critic@${level}`,
      `${prefix}generator@${level}`,
    ]);
  return { encoder: ['encoder'], apart: names(''), together: names('joint-') };
}

/**
 * A stack of GANs that inverts a classifier level by level: from the class to its highest features,
 * from features to those below, from the lowest to the image. Each level has noise of its own, and
 * a head on its critic's features that must find it again. Huang et al., Stacked Generative
 * Adversarial Networks, https://arxiv.org/abs/1612.04357.
 *
 * Players: `encoder` trains the classifier, which nothing trains afterwards; `critic@i` and
 * `generator@i` learn level i on the encoder's features; `joint-critic@i` and `joint-generator@i`
 * train the same networks on what the level above makes, with optimisers of their own. The
 * encoder's events report `loss` and `classAccuracy`; those of a level `loss`, the gauges of the
 * adversarial loss and `noiseError`, those of critics also `diversity`, those of generators
 * `conditional`.
 * @throws RangeError naming the option that is wrong
 */
export function stackedGan(options: StackedGanOptions): System {
  const name = 'stacked-gan';
  const { layer } = rule;
  requireParts(name, options, {
    levels: rule.listOf(rule.group({ encoder: layer, generator: layer, critic: layer, guess: layer })),
    shape: rule.shape,
    latent: rule.latent,
    loss: rule.optional(requireLoss),
    optimizers: rule.optimizers('encoder', 'critic', 'generator'),
  });
  const { levels, classes, loss = nonSaturating(), optimizers, average } = options;
  const { entropy = 10, conditional = 1 } = options;
  finiteNumber(`${name}: entropy`, entropy, 0);
  finiteNumber(`${name}: conditional`, conditional, 0);
  if (levels.length === 0) throw new RangeError(`${name}: levels: expected one or more, got none`);
  const conditioning = byLabel(classes);
  const latent = typeof options.latent === 'number' ? uniform(options.latent, 0, 1) : options.latent;
  const { networks, sizes } = membersOf(name, options, latent.size);
  const top = levels.length - 1;

  /** What the encoder reads at a level: 0 is the example. */
  const encoded = (all: Networks, x: tf.Tensor, level: number) => {
    let y = x;
    for (let below = 0; below < level; below++) y = all[`encoder@${below}`]!.settled(y).y;
    return y;
  };
  const flat = (x: tf.Tensor) => tf.reshape(x, [x.shape[0]!, -1]);
  /** What the levels above one make, from the class down, as samples are drawn. */
  const above = (all: Networks, inputs: StepInputs, level: number): tf.Tensor => {
    let y: tf.Tensor = inputs.label!;
    for (let from = top; from > level; from--)
      y = flat(all[`generator@${from}`]!.settled(inputs[`noise@${from}`]!, y).y);
    return y;
  };

  const pairOf = (level: number, joint: boolean): Rivals => {
    const [head, noise] = [`guess@${level}`, `noise@${level}`];
    const given = (all: Networks, inputs: StepInputs) => {
      if (joint || level === top) return above(all, inputs, level);
      return flat(encoded(all, inputs.real!, level + 1));
    };
    const recovered: GeneratorTerm = {
      name: 'conditional',
      add({ networks: all, made, inputs }) {
        const read = all[`encoder@${level}`]!.settled(made.y).y;
        const error =
          level === top
            ? crossEntropy(read, inputs.label!)
            : meanSquaredError(flat(read), given(all, inputs));
        return { loss: tf.mul(conditional, error), values: { conditional: error } };
      },
    };
    const term = entropyOfNoise({ head, noise, weight: entropy });
    return rivals({
      name,
      loss: halvedCritic(loss),
      critic: { trains: [`critic@${level}`, head], optimizer: optimizers.critic },
      generator: { trains: [`generator@${level}`], optimizer: optimizers.generator },
      make: (all, inputs) => all[`generator@${level}`]!(inputs[noise]!, given(all, inputs)),
      real: (examples, _, all) => encoded(all, examples, level),
      penalties: [term],
      terms: [recovered, term],
      heads: [head],
    });
  };
  const everyLevel = levels.map((_, level) => level);
  const encoder: PlayerRule<string, string> = {
    trains: everyLevel.map((level) => `encoder@${level}`),
    optimizer: optimizers.encoder,
    loss(all, { real, label }) {
      let y = real!;
      for (const level of everyLevel) y = all[`encoder@${level}`]!(y).y;
      return { loss: crossEntropy(y, label!), values: { classAccuracy: classAccuracy(y, label!) } };
    },
  };
  const { players } = playersOfPairs(
    [false, true].flatMap((joint) =>
      everyLevel.map((at) => ({ at, prefix: joint ? 'joint-' : '', pair: pairOf(at, joint) })),
    ),
  );
  const noises = (count: number, key: Key, first = 0): Record<string, Value> =>
    Object.fromEntries(
      everyLevel.map((level) => [`noise@${level}`, latent.draw(count, fold(key, `noise@${level}`), first)]),
    );

  const system = game<string, string, string>({
    name,
    networks,
    players: { encoder, ...players },
    ...(average !== undefined && {
      average: everyLevel.map((level) => ({ of: `generator@${level}`, decay: average })),
    }),
    inputs({ batch, player }, key) {
      const { examples, count } = examplesOf(name, batch, sizes[0]!);
      const given = { real: examples, label: conditioning.of(batch) };
      return player === 'encoder' ? given : { ...given, ...noises(count, key) };
    },
    sample: (all, inputs) => {
      let y = inputs.label!;
      for (let level = top; level > 0; level--)
        y = flat(all[`generator@${level}`]!(inputs[`noise@${level}`]!, y).y);
      return all['generator@0']!(inputs['noise@0']!, y).y;
    },
    samplerInputs: (count, key, first) => ({
      label: conditioning.draw(count, fold(key, 'label'), first),
      ...noises(count, key, first),
    }),
    noise: Object.fromEntries(everyLevel.map((level) => [`noise@${level}`, latent])),
  });
  return { ...system, asked: { label: (label, count) => ({ label: conditioning.ofClass!(label, count) }) } };
}

/** The networks, and the shape of one example below each level, from options that fit together. */
function membersOf(name: string, { levels, shape, classes }: StackedGanOptions, latent: number) {
  const key = keyOf(0);
  const none = { condition: 0 };
  const networks: Record<string, Member> = {};
  const sizes: (readonly number[])[] = [shape];
  levels.forEach(({ encoder, generator, critic, guess }, level) => {
    const below = sizes[level]!;
    const last = level === levels.length - 1;
    const above = encoder.init(key, below, none).shape;
    const size = last ? classes : above.reduce((product, side) => product * side, 1);
    if (last && above.join() !== String(classes))
      throw new RangeError(`${name}: encoder: expected [${classes}] at the top, got [${above}]`);
    const asked = { condition: size };
    const made = generator.init(key, [latent], asked).shape;
    if (made.join() !== below.join())
      throw new RangeError(`${name}: generator of level ${level}: expected [${below}], got [${made}]`);
    const features = oneScore(name, critic, below, none).taps?.features;
    if (features === undefined)
      throw new RangeError(`${name}: critic of level ${level}: expected one that shows its features`);
    const guessed = guess.init(key, features).shape;
    if (guessed.join() !== String(latent))
      throw new RangeError(`${name}: guess of level ${level}: expected [${latent}], got [${guessed}]`);
    networks[`encoder@${level}`] = { layer: encoder, input: below, inputs: none };
    networks[`critic@${level}`] = { layer: critic, input: below, inputs: none };
    networks[`guess@${level}`] = { layer: guess, input: features };
    networks[`generator@${level}`] = { layer: generator, input: [latent], inputs: asked };
    sizes.push(above);
  });
  return { networks, sizes };
}
