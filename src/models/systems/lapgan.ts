import * as tf from '@tensorflow/tfjs-core';
import { fold, type Key, keyOf, uniforms } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import { averagePooled, enlarged } from '../layers/pooling.ts';
import type { AdversarialLoss } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import type { CriticTerm, GeneratorTerm } from '../terms/term.ts';
import type { AverageDecay } from './averages.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { inputsBy, type Latent, latentOf } from './latent.ts';
import type { Member } from './member.ts';
import { oneScore } from './one-score.ts';
import { playersOfPairs } from './players-of-pairs.ts';
import { requireParts, rule } from './require-parts.ts';
import { type Adversary, type Rivals, rivals } from './rivals.ts';

/** A level of the pyramid: its critic judges whole pictures of the level's side. */
export interface PyramidLevel {
  readonly critic: Layer;
  readonly generator: Layer;
}

/** What makes a Laplacian pyramid of GANs. */
export interface LapganOptions {
  /** From [latent] to the smallest pictures, [side, side, channels]. */
  readonly coarsest: PyramidLevel & { readonly latent: number | Latent };
  /**
   * Each doubles the side. Its generator takes the enlarged picture, with a map of noise of that
   * side as the condition (`noiseMap`), and gives the missing band (`bandGenerator`).
   */
  readonly bands: readonly PyramidLevel[];
  readonly optimizers: Readonly<Record<Adversary, Optimizer>>;
  /** @default nonSaturating() */
  readonly loss?: AdversarialLoss;
  /** Penalties on every critic. */
  readonly penalties?: readonly CriticTerm[];
  /** Terms of every generator's loss. */
  readonly terms?: readonly GeneratorTerm[];
  /**
   * Decay of a moving average of each generator, which samples are then drawn from. @default none
   */
  readonly average?: AverageDecay;
}

/**
 * LAPGAN: an ordinary GAN makes the coarsest picture; each next level enlarges what it is given and
 * makes the band that is missing. Every level learns from pyramids of the data, never from made
 * pictures, and shares no weights with another, so any order of the players will do. Denton et al.,
 * "Deep Generative Image Models using a Laplacian Pyramid of Adversarial Networks",
 * https://arxiv.org/abs/1506.05751, section 3.
 *
 * Players are `critic@8`, `generator@8`, `critic@16`, ... by side, in this order. Their events
 * report the metrics of `gan`.
 * @throws RangeError naming the option that is wrong
 */
export function lapgan(options: LapganOptions): System {
  const level = { critic: rule.layer, generator: rule.layer };
  requireParts('lapgan', options, {
    coarsest: rule.group({ ...level, latent: rule.latent }),
    bands: rule.listOf(rule.group(level)),
    optimizers: rule.optimizers('critic', 'generator'),
    penalties: rule.terms,
    terms: rule.terms,
  });
  const { optimizers, loss = nonSaturating(), penalties = [], terms = [], average } = options;
  const latent = latentOf('lapgan', options.coarsest.latent);
  const levels = levelsOf(options, latent);
  const { shape } = levels.at(-1)!;
  const full = shape[0]!;

  const noiseName = ({ side, first }: Level) => (first ? 'noise' : `noise@${side}`);
  const pairOf = ({ side, first }: Level): Rivals =>
    rivals({
      name: 'lapgan',
      loss,
      penalties,
      terms,
      critic: { trains: [`critic@${side}`], optimizer: optimizers.critic },
      generator: { trains: [`generator@${side}`], optimizer: optimizers.generator },
      real: (examples) => averagePooled(examples, full / side),
      make(all, { noise, real }) {
        const generator = all[`generator@${side}`]!;
        if (first) return generator(noise!);
        const coarse = enlarged(averagePooled(real!, (2 * full) / side), side);
        const { y, taps } = generator(coarse, noise);
        return { y: tf.add(coarse, y), taps };
      },
    });
  const noiseOf = ({ side, first }: Level, count: number, key: Key, start = 0) =>
    first
      ? latent.draw(count, fold(key, 'noise'), start)
      : uniforms(fold(key, `noise@${side}`), [count, side * side], -1, 1, start * side * side);

  const { players, roles } = playersOfPairs(
    levels.map((level) => ({ at: level.side, pair: pairOf(level), level })),
  );
  return game<string, string, string>({
    name: 'lapgan',
    networks: Object.assign({}, ...levels.map(({ members }) => members)),
    players,
    ...(average !== undefined && {
      average: levels.map(({ side }) => ({ of: `generator@${side}`, decay: average })),
    }),
    inputs({ batch, player }, key) {
      const { examples, count } = examplesOf('lapgan', batch, shape);
      const { level, adversary, pair } = roles.get(player)!;
      return {
        noise: noiseOf(level, count, key),
        ...pair.inputs(adversary, batch, key),
        // Above the coarsest level the generator is given a smaller copy of the data.
        ...(!level.first && { real: examples }),
      };
    },
    sample(all, inputs) {
      const [coarsest, ...bands] = levels;
      const smallest = all[`generator@${coarsest!.side}`]!(inputs.noise!).y;
      const whole = bands.reduce((smaller, { side }) => {
        const coarse = enlarged(smaller, side);
        return tf.add(coarse, all[`generator@${side}`]!(coarse, inputs[`noise@${side}`]).y);
      }, smallest);
      return tf.clipByValue(whole, -1, 1);
    },
    samplerInputs: (count, key, first) =>
      Object.fromEntries(levels.map((level) => [noiseName(level), noiseOf(level, count, key, first)])),
    noise: Object.fromEntries(
      levels.map((level) => [noiseName(level), level.first ? latent : { size: level.side ** 2 }]),
    ),
  });
}

/** A level with its networks. */
interface Level {
  readonly side: number;
  readonly first: boolean;
  /** Of its pictures: [side, side, channels]. */
  readonly shape: readonly number[];
  readonly members: Readonly<Record<string, Member>>;
}

/** The levels from the smallest side on. @throws RangeError when networks do not fit their level */
function levelsOf(options: LapganOptions, latent: Latent): readonly Level[] {
  const { coarsest, bands, penalties = [], terms = [] } = options;
  const smallest = coarsest.generator.init(keyOf(0), [latent.size], inputsBy(latent, 0)).shape;
  const [start = 0, width, channels = 0] = smallest;
  if (smallest.length !== 3 || start !== width)
    throw new RangeError(
      `lapgan: coarsest: expected a generator of square pictures, [side, side, channels], got [${smallest}]`,
    );
  return [coarsest, ...bands].map(({ critic, generator }, level) => {
    const side = start * 2 ** level;
    const name = `lapgan: level ${side}`;
    const shape = [side, side, channels];
    const input =
      level === 0
        ? { input: [latent.size], inputs: inputsBy(latent, 0) }
        : { input: shape, inputs: { condition: side * side } };
    const judged = { layer: critic, input: shape, inputs: { condition: 0 } };
    const made = generator.init(keyOf(0), input.input, input.inputs);
    if (made.shape.join() !== shape.join())
      throw new RangeError(`${name}: expected a generator of bands of [${shape}], got [${made.shape}]`);
    const networks = { critic: oneScore(name, critic, shape, judged.inputs), generator: made };
    for (const term of [...penalties, ...terms]) term.check?.({ networks, condition: 0, packing: 1 });
    const members = { [`critic@${side}`]: judged, [`generator@${side}`]: { layer: generator, ...input } };
    return { side, first: level === 0, shape, members };
  });
}
