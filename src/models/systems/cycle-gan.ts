import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, wholeNumber } from '../../base/index.ts';
import { fold, type Key, keyOf } from '../../engine/index.ts';
import { historyDraws, imageHistory } from '../layers/image-history.ts';
import type { Layer } from '../layers/layer.ts';
import type { Network, NetworkCall } from '../layers/network.ts';
import { type AdversarialLoss, requireGenerator, requireSingleScores } from '../losses/adversarial-loss.ts';
import { meanAbsoluteError } from '../losses/distances.ts';
import { diversity } from '../losses/diversity.ts';
import { leastSquares } from '../losses/least-squares.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import type { AverageDecay } from './averages.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { oneScore } from './one-score.ts';
import { requireParts, rule } from './require-parts.ts';
import { repeatedSource, type Sources } from './sources.ts';

/** The players of a CycleGAN: both generators with one optimiser, both critics with another. */
export type CyclePlayer = 'generators' | 'critics';

/** The networks that make and judge one of the two kinds of examples. */
export interface CycleSide {
  /** From the other kind to this one. */
  readonly generator: Layer;
  /** Of this kind: one score for an example, or one a patch. */
  readonly critic: Layer;
}

/** Options of a CycleGAN. */
export interface CycleGanOptions {
  /** A: the part of a batch whose examples are not those of the data, but beside them. */
  readonly sources: Sources;
  /** Makes and judges the sources, A. */
  readonly source: CycleSide;
  /** Makes and judges the examples of the data, B. Samples are made by its generator. */
  readonly target: CycleSide;
  /** @default leastSquares */
  readonly loss?: AdversarialLoss;
  /**
   * Weight of the generators' part of the loss. @default 2, since leastSquares() has half of the
   * paper's
   */
  readonly adversarial?: number;
  /** Weight of the distance after going there and back, lambda. @default 10 */
  readonly cycle?: number;
  /**
   * Weight of the distance of G(b) from b and of F(a) from a, as a share of `cycle`. The code of
   * the paper has 0.5; where A and B are near each other it keeps G at the identity. @default 0
   */
  readonly identity?: number;
  /** Made examples of each kind that the critics are shown again; 0 for none. @default 50 */
  readonly history?: number;
  readonly optimizers: Readonly<Record<CyclePlayer, Optimizer>>;
  /** Decay of moving averages of both generators' weights. @default none */
  readonly average?: AverageDecay;
}

type NetworkName = 'critic@a' | 'critic@b' | 'generator@a' | 'generator@b' | 'history@a' | 'history@b';
type InputName = 'a' | 'b' | 'draws@a' | 'draws@b';

/**
 * Two mappings between two sets of examples without pairs, G: A -> B and F: B -> A, each against a
 * critic of its own, that undo each other. Zhu et al., https://arxiv.org/abs/1703.10593, equations
 * 1 to 3 and section 5.2. The critics see made examples from a history.
 *
 * The events of both players report `loss` and the gauges of the adversarial loss over both
 * critics; the generators' also `cycle`, the sum of both distances, and with its weight above 0
 * `identity`; the critics' `diversity`, of G(a) against B.
 * @throws RangeError naming the option that is wrong
 */
export function cycleGan(options: CycleGanOptions): System<CyclePlayer> {
  const name = 'cycle-gan';
  const side = rule.group({ generator: rule.layer, critic: rule.layer });
  requireParts(name, options, {
    sources: rule.sources,
    source: side,
    target: side,
    optimizers: rule.optimizers('generators', 'critics'),
  });
  const { sources, source, target, loss = leastSquares(), optimizers, average, history = 50 } = options;
  const { adversarial = 2, cycle = 10, identity = 0 } = options;
  for (const [option, weight] of Object.entries({ adversarial, cycle, identity }))
    finiteNumber(`${name}: ${option}`, weight, 0);
  wholeNumber(`${name}: history`, history, 0);
  requireGenerator(name, loss);
  requireSingleScores(`${name}: loss`, loss);
  const none = { condition: 0 };
  const a = sources.shape;
  const b = target.generator.init(keyOf(0), a, none).shape;
  requireWayBack(source.generator.init(keyOf(0), b, none).shape, a);
  if (identity > 0 && a.join() !== b.join())
    throw new RangeError(`${name}: identity: expected 0 for examples of [${a}] and [${b}], got ${identity}`);
  oneScore(name, source.critic, a, none);
  oneScore(name, target.critic, b, none);
  const pools = history > 0 ? (['history@a', 'history@b'] as const) : [];
  const remembered = { layer: imageHistory(Math.max(1, history)), inputs: { condition: 2 } };

  /** Scores of both critics as one column. */
  const both = (onA: tf.Tensor, onB: tf.Tensor) =>
    tf.concat([tf.reshape(onA, [-1, 1]), tf.reshape(onB, [-1, 1])]);

  const system = game<NetworkName, CyclePlayer, InputName>({
    name,
    networks: {
      'critic@a': { layer: source.critic, input: a, inputs: none },
      'critic@b': { layer: target.critic, input: b, inputs: none },
      'generator@a': { layer: source.generator, input: b, inputs: none },
      'generator@b': { layer: target.generator, input: a, inputs: none },
      ...(Object.fromEntries(
        pools.map((pool) => [pool, { ...remembered, input: pool === 'history@a' ? a : b }]),
      ) as Record<'history@a' | 'history@b', typeof remembered & { input: readonly number[] }>),
    },
    players: {
      generators: {
        trains: ['generator@a', 'generator@b'],
        optimizer: optimizers.generators,
        loss(all, { a, b }) {
          const [toA, toB] = [all['generator@a'], all['generator@b']];
          const [madeB, madeA] = [toB(a).y, toA(b).y];
          const [onB, onA] = [all['critic@b'](madeB).y, all['critic@a'](madeA).y];
          const there = tf.mul(adversarial, tf.add(loss.generator(onB), loss.generator(onA)));
          const back = tf.add(meanAbsoluteError(toA(madeB).y, a), meanAbsoluteError(toB(madeA).y, b));
          const values = { ...loss.gauges({ fake: both(onA, onB) }), cycle: back };
          const sum = tf.add(there, tf.mul(cycle, back));
          if (identity === 0) return { loss: sum, values };
          const same = tf.add(meanAbsoluteError(toB(b).y, b), meanAbsoluteError(toA(a).y, a));
          return { loss: tf.add(sum, tf.mul(cycle * identity, same)), values: { ...values, identity: same } };
        },
      },
      critics: {
        trains: ['critic@a', 'critic@b', ...pools],
        optimizer: optimizers.critics,
        loss(all, { a, b, ...draws }) {
          const shown = (call: NetworkCall, from: tf.Tensor, pool: Network | undefined, draw: tf.Tensor) =>
            pool === undefined ? call(from).y : pool(call(from).y, draw).y;
          const madeB = shown(all['generator@b'], a, all['history@b'], draws['draws@b']);
          const madeA = shown(all['generator@a'], b, all['history@a'], draws['draws@a']);
          const real = [all['critic@a'](a).y, all['critic@b'](b).y] as const;
          const fake = [all['critic@a'](madeA).y, all['critic@b'](madeB).y] as const;
          return {
            loss: tf.add(loss.critic(real[0], fake[0]), loss.critic(real[1], fake[1])),
            values: {
              ...loss.gauges({ real: both(...real), fake: both(...fake) }),
              diversity: diversity(madeB, b),
            },
          };
        },
      },
    },
    ...(average !== undefined && {
      average: [
        { of: 'generator@a', decay: average },
        { of: 'generator@b', decay: average },
      ],
    }),
    inputs({ batch, player }, key) {
      const { examples, count, parts } = examplesOf(name, batch, b, { [sources.part]: a });
      const draws = (pool: 'draws@a' | 'draws@b') => historyDraws(history, count, fold(key, pool));
      if (player === 'critics' && history > 0) {
        wholeNumber(`${name}: batch, for a history of ${history}`, count, 1, history);
        return {
          a: parts[sources.part]!,
          b: examples,
          'draws@a': draws('draws@a'),
          'draws@b': draws('draws@b'),
        };
      }
      return { a: parts[sources.part]!, b: examples };
    },
    sample: (all, { a }) => all['generator@b'](a).y,
    samplerInputs: (count: number, key: Key, first?: number) => ({
      a: sources.draw(count, fold(key, 'source'), first),
    }),
  });
  return { ...system, asked: { source: (image, count) => ({ a: repeatedSource(a, image, count) }) } };
}

function requireWayBack(back: readonly number[], from: readonly number[]): void {
  if (back.join() !== from.join())
    throw new RangeError(
      `cycle-gan: source: generator: expected examples of [${from}], from which the other makes its own, got [${back}]`,
    );
}
