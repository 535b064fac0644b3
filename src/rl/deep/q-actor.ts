import { fold, type Tree, uniforms, type Value } from '../../engine/index.ts';
import { type Rate, rateAt } from '../../models/index.ts';
import { argMax } from './arg-max.ts';
import type { HostNetwork } from './host-network.ts';
import type { DeepActor, StepContext } from './method.ts';
import type { Rollout } from './rollout.ts';
import type { VectorEnvironment } from './vector-environment.ts';

/** How an actor plays and explores. */
export interface QActorOptions {
  /** Environment steps of each environment in a step. */
  readonly rolloutSteps: number;
  /** Probability, in a step, of an action at random. */
  readonly epsilon: Rate;
  /** Steps that such an action is held at most; how many is uniform from 1. */
  readonly hold: number;
}

/**
 * Acts by the values of a network: the best action, or with probability epsilon any. One that was
 * taken at random may be held for some steps, which leads further away than as many steps at
 * random; no longer, though, than the step.
 */
export class QActor implements DeepActor<number> {
  readonly #network: HostNetwork;
  readonly #actions: number;
  readonly #options: QActorOptions;

  /** @param actions number of outputs of the network */
  constructor(network: HostNetwork, actions: number, options: QActorOptions) {
    this.#network = network;
    this.#actions = actions;
    this.#options = options;
  }

  load(weights: Tree<Value>): void {
    this.#network.load(weights);
  }

  close(): void {
    this.#network.close?.();
  }

  best(observation: ArrayLike<number>, at = 0): number {
    return argMax(this.#network.run(observation, at));
  }

  collect(environments: VectorEnvironment<number>, { index, key }: StepContext): Rollout<Int32Array> {
    const { rolloutSteps: steps, hold } = this.#options;
    const rows = steps * environments.count;
    const epsilon = rateAt(this.#options.epsilon, index);
    const chance = uniforms(fold(key, 'act'), [rows]).data;
    const lengths = hold > 1 ? uniforms(fold(key, 'hold'), [rows]).data : undefined;
    const actions = new Int32Array(rows);
    /** The row up to which each environment holds its action. */
    const held = new Int32Array(environments.count);
    // A number below epsilon is, over epsilon, uniform again: it says which action.
    const anyOf = (number: number) =>
      Math.min(this.#actions - 1, Math.floor((number / epsilon) * this.#actions));
    return environments.collect(steps, actions, (row, observations, at) => {
      const environment = row % environments.count;
      const number = chance[row]!;
      let action: number;
      if (row < held[environment]!) action = actions[row - environments.count]!;
      else if (number >= epsilon) action = this.best(observations, at);
      else {
        action = anyOf(number);
        held[environment] = row + (lengths ? 1 + Math.floor(lengths[row]! * hold) : 1) * environments.count;
      }
      actions[row] = action;
      return action;
    });
  }
}
