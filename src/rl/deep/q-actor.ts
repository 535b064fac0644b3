import { type Tree, uniforms, type Value } from '../../engine/index.ts';
import { type Rate, rateAt } from '../../models/index.ts';
import { Acting } from './acting.ts';
import { argMax } from './arg-max.ts';
import type { DeepActor, Moment } from './method.ts';
import type { PerceptronShape } from './perceptron.ts';
import type { Rollout } from './rollout.ts';
import type { Worlds } from './worlds.ts';

/** Acts by the values of a network: the best action, or with probability epsilon any. */
export class QActor implements DeepActor<number> {
  readonly #network: Acting;
  readonly #actions: number;
  readonly #steps: number;
  readonly #epsilon: Rate;

  constructor(
    shape: PerceptronShape,
    { steps, epsilon }: { readonly steps: number; readonly epsilon: Rate },
  ) {
    this.#network = new Acting(shape);
    this.#actions = shape.outputs;
    this.#steps = steps;
    this.#epsilon = epsilon;
  }

  load(weights: Tree<Value>): void {
    this.#network.load(weights);
  }

  best(observation: ArrayLike<number>, at = 0): number {
    return argMax(this.#network.run(observation, at));
  }

  play(worlds: Worlds<number>, { index, key }: Moment): Rollout<Int32Array> {
    const rows = this.#steps * worlds.count;
    const epsilon = rateAt(this.#epsilon, index);
    const chance = uniforms(key, [rows]).data;
    const actions = new Int32Array(rows);
    // A number below epsilon is, over epsilon, uniform again: it says which action.
    const anyOf = (number: number) =>
      Math.min(this.#actions - 1, Math.floor((number / epsilon) * this.#actions));
    return worlds.play(this.#steps, actions, (row, observations, at) => {
      const number = chance[row]!;
      const action = number < epsilon ? anyOf(number) : this.best(observations, at);
      actions[row] = action;
      return action;
    });
  }
}
