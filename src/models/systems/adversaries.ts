import type { Tensor } from '@tensorflow/tfjs-core';
import { finiteNumber, wholeNumber } from '../../base/index.ts';
import { fold, keyOf, mapTree, normals, type Program, type Tree, Value } from '../../engine/index.ts';
import type { Turn } from '../../streams/index.ts';
import type { Layer, Parameters } from '../nn/layer.ts';
import { movingAverage } from '../nn/moving-average.ts';
import type { Optimizer } from '../nn/optimizer.ts';
import { rateAt } from '../nn/rate.ts';
import type { Batch, System } from '../system.ts';

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
   * Decay of a moving average of the generator's weights, from 0 to below 1. Samples are then drawn from the average.
   * Without it they are drawn from the generator itself.
   */
  readonly average?: number;
}

/** The two of them. */
export type Adversary = 'critic' | 'generator';

/** What a system of the two adds: what each does in its turn, and what its critic takes beside batch and noise. */
export interface Rules {
  readonly name: string;
  critic(state: AdversaryState, inputs: Readonly<Record<string, Tensor>>): ReturnType<Program['run']>;
  generator(state: AdversaryState, inputs: Readonly<Record<string, Tensor>>): ReturnType<Program['run']>;
  /** More inputs of the critic's program. @default none */
  criticInputs?(batch: Batch, key: ReturnType<typeof keyOf>): Tree<Value>;
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
  const { critic, generator, latent, optimizers, average } = options;
  wholeNumber(`${rules.name}: latent`, latent, 1);
  if (average !== undefined) finiteNumber(`${rules.name}: average`, average, 0, 1 - 1e-9);
  const shape = generator.init(keyOf(0), [latent]).shape;
  const scores = critic.init(keyOf(0), shape).shape;
  if (scores.length !== 1 || scores[0] !== 1) {
    throw new RangeError(`${rules.name}: critic: expected one score for an example, [1], got [${scores}]`);
  }
  const noise = (count: number, key: ReturnType<typeof keyOf>) =>
    normals(fold(key, 'noise'), [count, latent]);

  return {
    name: rules.name,
    players: ['critic', 'generator'],
    init(key) {
      const state = {
        critic: parametersOf(critic.init(fold(key, 'critic'), shape)),
        generator: parametersOf(generator.init(fold(key, 'generator'), [latent])),
      };
      const slots = (player: Adversary) => optimizers[player].init(state[player].weights);
      const optimizer = { critic: slots('critic'), generator: slots('generator') };
      // A copy of its own for each leaf, so that nothing in a state is shared.
      const copy = (value: Value) => new Value(value.dtype, value.shape, value.data.slice());
      return {
        ...state,
        optimizer,
        ...(average === undefined ? {} : { average: mapTree(state.generator.weights, copy) }),
      };
    },
    programs: {
      critic: {
        name: `${rules.name}/critic`,
        run: (state, inputs) => rules.critic(state as AdversaryState, inputs as never),
      },
      generator: {
        name: `${rules.name}/generator`,
        run(state, inputs) {
          const result = rules.generator(state as AdversaryState, inputs as never);
          if (average === undefined) return result;
          const { weights } = result.state.generator as unknown as Parameters;
          const next = movingAverage(state.average as Tree<Tensor>, weights, average);
          return { ...result, state: { ...result.state, average: next } };
        },
      },
    },
    inputs(turn: Turn<Batch, Adversary>, key) {
      const { examples } = turn.batch;
      const count = examples.shape[0]!;
      if (examples.shape.slice(1).join() !== shape.join()) {
        const got = examples.shape.slice(1);
        throw new RangeError(
          `${rules.name}: expected examples of [${shape}], as the generator makes them, got [${got}]`,
        );
      }
      const rate = Value.scalar(turn.rate ?? rateAt(optimizers[turn.player].rate, turn.index));
      if (turn.player === 'generator') return { noise: noise(count, key), rate };
      return { real: examples, noise: noise(count, key), rate, ...rules.criticInputs?.(turn.batch, key) };
    },
    sampler: {
      name: `${rules.name}/sampler`,
      run(state, inputs) {
        const { weights, memory } = state.generator as unknown as Parameters;
        const chosen = (state.average ?? weights) as Tree<Tensor>;
        const { y } = generator.apply({ weights: chosen, memory }, inputs.noise as Tensor, false);
        return { state, outputs: { samples: y } };
      },
    },
    samplerInputs: (count, key) => ({ noise: noise(count, key) }),
  };
}

function parametersOf({ weights, memory }: { weights: Tree<Value>; memory: Tree<Value> }) {
  return { weights, memory };
}
