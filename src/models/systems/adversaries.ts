import type { Tensor } from '@tensorflow/tfjs-core';
import { finiteNumber, wholeNumber } from '../../base/index.ts';
import {
  fold,
  type Key,
  keyOf,
  mapTree,
  normals,
  type Program,
  type Result,
  type Tree,
  Value,
} from '../../engine/index.ts';
import type { Turn } from '../../streams/index.ts';
import type { Layer, Parameters } from '../nn/layer.ts';
import { movingAverage } from '../nn/moving-average.ts';
import type { Optimizer } from '../nn/optimizer.ts';
import { rateAt } from '../nn/rate.ts';
import type { Batch, System } from '../system.ts';
import { improve } from './improve.ts';

/** What every system of a critic and a generator is made of. */
export interface Adversaries {
  /** From one example to one score, [1]. Its input is what the generator puts out. */
  readonly critic: Layer;
  /** From [latent] to one example. */
  readonly generator: Layer;
  /** How many numbers of noise, N(0, 1), make one example. */
  readonly latent: number;
  readonly optimizers: { readonly critic: Optimizer; readonly generator: Optimizer };
  /**
   * Decay of a moving average of the generator's weights, from 0 to below 1. Samples are then drawn from the average
   * (with the memory of the generator as it is). Without it they are drawn from the generator itself.
   */
  readonly average?: number;
}

/** The two of them. */
export type Adversary = 'critic' | 'generator';

/** The tensors that come into a turn, by name. */
type Inputs = Readonly<Record<'real' | 'noise' | 'rate', Tensor>> & Readonly<Record<string, Tensor>>;

/** What tells one system of the two from another. */
export interface Rules {
  readonly name: string;
  /** One turn of the critic. Inputs are `real`, `noise` for as many examples, `rate`, and those of `criticInputs`. */
  critic(state: AdversaryState, inputs: Inputs): Result;
  /** What the generator minimises, by the scores of what it made, [count, 1]. */
  generatorLoss(fakeScores: Tensor): Tensor;
  /** More inputs of the critic's turn. @default none */
  criticInputs?(batch: Batch, key: Key): Tree<Value>;
}

/** The state of such a system inside a program. */
export type AdversaryState = Tree<Tensor> & {
  readonly critic: Tree<Tensor> & Parameters;
  readonly generator: Tree<Tensor> & Parameters;
  readonly optimizer: { readonly critic: Tree<Tensor>; readonly generator: Tree<Tensor> };
  readonly average?: Tree<Tensor>;
};

/** A system of a critic and a generator that move in turns by the rules. @throws RangeError naming the option that is wrong */
export function adversaries(options: Adversaries, rules: Rules): System<Adversary> {
  const { latent, optimizers } = options;
  const shape = checkedShape(options, rules.name);
  const noise = (count: number, key: Key) => normals(fold(key, 'noise'), [count, latent]);

  return {
    name: rules.name,
    players: ['critic', 'generator'],
    init: (key) => firstState(options, shape, key),
    programs: {
      critic: {
        name: `${rules.name}/critic`,
        run: (state, inputs) => rules.critic(state as AdversaryState, inputs as Inputs),
      },
      generator: generatorProgram(options, rules),
    },
    inputs({ batch, index, player, rate }: Turn<Batch, Adversary>, key) {
      const [count = 0, ...example] = batch.examples.shape;
      if (example.join() !== shape.join()) {
        throw new RangeError(
          `${rules.name}: expected examples of [${shape}], as the generator makes them, got [${example}]`,
        );
      }
      const checked = finiteNumber(
        `${rules.name}: rate of the ${player}`,
        rate ?? rateAt(optimizers[player].rate, index),
        0,
      );
      const common = { noise: noise(count, key), rate: Value.scalar(checked) };
      if (player === 'generator') return common;
      return { ...common, real: batch.examples, ...rules.criticInputs?.(batch, key) };
    },
    sampler: sampler(options, rules.name),
    samplerInputs: (count, key) => ({ noise: noise(count, key) }),
  };
}

/** The shape of one example, from options that fit together. */
function checkedShape({ critic, generator, latent, average }: Adversaries, name: string): readonly number[] {
  wholeNumber(`${name}: latent`, latent, 1);
  if (average !== undefined) finiteNumber(`${name}: average`, average, 0, 1 - 1e-9);
  const { shape } = generator.init(keyOf(0), [latent]);
  const scores = critic.init(keyOf(0), shape).shape;
  if (scores.length !== 1 || scores[0] !== 1)
    throw new RangeError(`${name}: critic: expected one score for an example, [1], got [${scores}]`);
  return shape;
}

function firstState(
  { critic, generator, latent, optimizers, average }: Adversaries,
  shape: readonly number[],
  key: Key,
): Tree<Value> {
  const parameters = (layer: Layer, player: Adversary, input: readonly number[]) => {
    const { weights, memory } = layer.init(fold(key, player), input);
    return { weights, memory };
  };
  const players = {
    critic: parameters(critic, 'critic', shape),
    generator: parameters(generator, 'generator', [latent]),
  };
  const slots = (player: Adversary) => optimizers[player].init(players[player].weights);
  // A copy of its own for each leaf, so that nothing in a state is shared.
  const copy = (value: Value) => new Value(value.dtype, value.shape, value.data.slice());
  return {
    ...players,
    optimizer: { critic: slots('critic'), generator: slots('generator') },
    ...(average === undefined ? {} : { average: mapTree(players.generator.weights, copy) }),
  };
}

/** A turn of the generator: its gradient comes through the critic, which stays as it is. */
function generatorProgram(
  { critic, generator, optimizers, average }: Adversaries,
  { name, generatorLoss }: Rules,
): Program {
  return {
    name: `${name}/generator`,
    run(state, inputs) {
      const before = state as AdversaryState;
      const { noise, rate } = inputs as Inputs;
      const improved = improve(before, 'generator', optimizers.generator, rate, (weights) => {
        const { y: fake, memory } = generator.apply(
          { weights, memory: before.generator.memory },
          noise,
          true,
        );
        const loss = generatorLoss(critic.apply(before.critic, fake, true).y);
        return { loss, extra: { memory, values: {} } };
      });
      if (average === undefined) return improved;
      const next = movingAverage(before.average!, improved.state.generator.weights, average);
      return { state: { ...improved.state, average: next }, outputs: improved.outputs };
    },
  };
}

function sampler({ generator }: Adversaries, name: string): Program {
  return {
    name: `${name}/sampler`,
    run(state, inputs) {
      const { generator: parameters, average } = state as AdversaryState;
      const { weights, memory } = parameters;
      const { y } = generator.apply({ weights: average ?? weights, memory }, inputs.noise as Tensor, false);
      return { state, outputs: { samples: y } };
    },
  };
}
