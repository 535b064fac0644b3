import * as tf from '@tensorflow/tfjs-core';
import { fold, type Key, Value } from '../../engine/index.ts';
import { crossFade, fadedImages } from '../layers/cross-fade.ts';
import { type GrowingBlocksOptions, growingBlocks } from '../layers/growing-networks.ts';
import { joined } from '../layers/joined.ts';
import type { Network, NetworkCall } from '../layers/network.ts';
import { averagePooled, upsampled } from '../layers/pooling.ts';
import type { AdversarialLoss } from '../losses/adversarial-loss.ts';
import { wasserstein } from '../losses/wasserstein.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import { drift } from '../terms/drift.ts';
import { gradientPenalty } from '../terms/gradient-penalty.ts';
import type { CriticTerm, GeneratorTerm } from '../terms/term.ts';
import type { AverageDecay } from './averages.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import type { Growth } from './growth.ts';
import { inputsBy, type Latent, latentOf, noiseAlone } from './latent.ts';
import type { Member } from './member.ts';
import { playersOfPairs } from './players-of-pairs.ts';
import { requireParts, rule } from './require-parts.ts';
import { type Adversary, type Networks, type Rivals, rivals, type StepInputs } from './rivals.ts';

/** What makes a Progressive GAN. */
export interface ProgressiveGanOptions extends Omit<GrowingBlocksOptions, 'sides'> {
  /** The plan of the run (`growing`): its schedule is `growth.plan`. */
  readonly growth: Growth;
  readonly latent: number | Latent;
  /** Each side has an optimiser state of its own, which begins when the side is faded in. */
  readonly optimizers: Readonly<Record<Adversary, Optimizer>>;
  /** @default wasserstein() */
  readonly loss?: AdversarialLoss;
  /** @default gradient penalty 10 and drift 0.001 */
  readonly penalties?: readonly CriticTerm[];
  readonly terms?: readonly GeneratorTerm[];
  /**
   * Decay of a moving average of the generator, which samples are then drawn from. @default none
   */
  readonly average?: AverageDecay;
}

/**
 * Progressive GAN: critic and generator begin at a small side, and grow by a block at a time, which
 * is faded in. Karras et al., "Progressive Growing of GANs for Improved Quality, Stability, and
 * Variation", https://arxiv.org/abs/1710.10196. The blocks of all sides are networks of one game; a
 * player for each side trains the blocks in use. Data is at the last side and is pooled inside.
 *
 * Players are `critic@4`, `generator@4`, `critic@8`, ...; their steps are those of `growth.plan`.
 * Events report the metrics of the loss and its terms, and the marks `side` and `alpha`. Samples
 * have the last side at every step: those of a smaller side are enlarged.
 * @throws RangeError naming the option that is wrong
 */
export function progressiveGan(options: ProgressiveGanOptions): System {
  requireParts('progressive-gan', options, {
    growth: rule.withMembers(
      'a plan such as growing({ to: 16, fade: 1000, stay: 1000 })',
      'sides',
      'plan',
      'at',
    ),
    channels: rule.withMembers('the number of maps by side'),
    colours: rule.count,
    latent: rule.latent,
    optimizers: rule.optimizers('critic', 'generator'),
    penalties: rule.terms,
    terms: rule.terms,
  });
  const { growth, optimizers, loss = wasserstein(), terms = [], average, colours, group = 4 } = options;
  const { penalties = [gradientPenalty(10), drift(0.001)] } = options;
  const { sides } = growth;
  const [from, to] = [sides[0]!, sides.at(-1)!];
  const blocks = growingBlocks({ ...options, sides });
  const latent = latentOf('progressive-gan', options.latent);
  const used = (side: number) => sides.filter((other) => other <= side);
  const shape = [to, to, colours];

  const members: Record<string, Member> = {};
  for (const [side, { generator, toRgb, fromRgb, critic, channels }] of blocks) {
    const maps = [side, side, channels];
    const first = side === from;
    members[`generator@${side}`] = first
      ? { layer: generator, input: [latent.size], inputs: inputsBy(latent, 0) }
      : { layer: generator, input: [side / 2, side / 2, blocks.get(side / 2)!.channels] };
    members[`toRgb@${side}`] = { layer: toRgb, input: maps };
    members[`fromRgb@${side}`] = { layer: fromRgb, input: [side, side, colours] };
    members[`critic@${side}`] = { layer: critic, input: maps };
  }

  /** Blocks in use at a side; the picture of half the side fades out beside them. */
  const trains = {
    critic: (side: number) => [
      ...used(side).map((other) => `critic@${other}`),
      ...used(side)
        .slice(-2)
        .map((other) => `fromRgb@${other}`),
    ],
    generator: (side: number) => [
      ...used(side).map((other) => `generator@${other}`),
      ...used(side)
        .slice(-2)
        .map((other) => `toRgb@${other}`),
    ],
  };

  /** The maps of the generator at each side up to one. */
  const mapsOf = (all: Networks, noise: tf.Tensor, side: number) => {
    const maps = new Map<number, tf.Tensor>();
    let x = noise;
    for (const other of used(side)) {
      x = all[`generator@${other}`]!(x).y;
      maps.set(other, x);
    }
    return maps;
  };
  const pictureOf = (all: Networks, maps: ReadonlyMap<number, tf.Tensor>, side: number) =>
    all[`toRgb@${side}`]!(maps.get(side)!).y;

  const criticAt = (side: number, all: Networks, alpha: tf.Tensor): Network => {
    const own = Object.fromEntries(trains.critic(side).map((name) => [name, all[name]!]));
    return joined(own, (calls, x) => {
      const inside = (at: number, picture: tf.Tensor) => calls[`fromRgb@${at}`]!(picture).y;
      let maps = inside(side, x);
      for (const at of used(side).slice(1).reverse()) {
        maps = (calls[`critic@${at}`] as NetworkCall)(maps).y;
        if (at === side) maps = crossFade(inside(at / 2, averagePooled(x)), maps, alpha);
      }
      return (calls[`critic@${from}`] as NetworkCall)(maps);
    });
  };

  const pairOf = (side: number): Rivals =>
    rivals({
      name: 'progressive-gan',
      loss,
      penalties,
      terms,
      critic: {
        trains: trains.critic(side),
        optimizer: optimizers.critic,
        network: (all, { alpha }) => criticAt(side, all, alpha!),
      },
      generator: { trains: trains.generator(side), optimizer: optimizers.generator },
      make(all, { noise, alpha }: StepInputs) {
        const maps = mapsOf(all, noise!, side);
        const y = pictureOf(all, maps, side);
        if (side === from) return { y, taps: {} };
        return { y: crossFade(upsampled(pictureOf(all, maps, side / 2)), y, alpha!), taps: {} };
      },
      real(examples, { alpha }) {
        const x = averagePooled(examples, to / side);
        return side === from ? x : fadedImages(x, alpha!);
      },
    });
  const { players, roles } = playersOfPairs(sides.map((side) => ({ at: side, pair: pairOf(side), side })));
  const draw = (count: number, key: Key) => latent.draw(count, fold(key, 'noise'));

  return game<string, string, string>({
    name: 'progressive-gan',
    networks: members,
    players,
    ...(average !== undefined && {
      average: trains
        .generator(to)
        .concat(sides.slice(0, -2).map((side) => `toRgb@${side}`))
        .map((of) => ({ of, decay: average })),
    }),
    marks: { side: from, alpha: 1 },
    inputs({ batch, player, index }, key) {
      const { count } = examplesOf('progressive-gan', batch, shape);
      if (count % group !== 0)
        throw new RangeError(
          `progressive-gan: expected batches of a multiple of ${group} examples, got ${count}`,
        );
      const { adversary, side, pair } = roles.get(player)!;
      const now = growth.at(index);
      if (now.side !== side)
        throw new RangeError(
          `progressive-gan: step ${index}: expected a player of side ${now.side}, as the plan of its growth names it, got ${player}`,
        );
      return {
        noise: draw(count, key),
        side: Value.scalar(now.side),
        alpha: Value.scalar(now.alpha),
        ...pair.inputs(adversary, batch, key),
      };
    },
    // One program at one shape for all sides: each picture enlarged, times its present share.
    sample(all, { noise, side, alpha }) {
      const maps = mapsOf(all, noise!, to);
      const is = (other: number) => tf.cast(tf.equal(side!, other), 'float32');
      const parts = sides.map((at) => {
        const share = tf.add(tf.mul(is(at), alpha!), tf.mul(is(2 * at), tf.sub(1, alpha!)));
        return tf.mul(share, upsampled(pictureOf(all, maps, at), to / at));
      });
      return parts.reduce((sum, part) => tf.add(sum, part));
    },
    ...noiseAlone(latent),
  });
}
