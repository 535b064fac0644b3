import type { Tensor } from '@tensorflow/tfjs-core';
import type { Key, Tree, Value } from '../../engine/index.ts';
import type { Actions } from './rollout.ts';

/** What a policy has drawn, row by row. */
export interface Choices {
  readonly actions: Actions;
  /** ln of the probability, or of the density, that each action had. */
  readonly logProbabilities: Float32Array;
  /** Random numbers, from `chance`. */
  readonly chance: Float32Array;
}

/**
 * A distribution over actions, made of the outputs of a network: as tensors in programs, as plain
 * numbers on the host.
 */
export interface Policy<Action> {
  /** How many numbers of a network it is made of. */
  readonly outputs: number;
  /** Weights beside the network's, as they begin. */
  own(): Tree<Value>;
  /** ln p(action): outputs [count, outputs] to [count]. */
  logProbability(outputs: Tensor, own: Tree<Tensor>, action: Tensor): Tensor;
  /** In nats: [count], or a scalar where it is the same in every state. */
  entropy(outputs: Tensor, own: Tree<Tensor>): Tensor;
  /** Actions as the input of a program, of `count` rows. */
  input(actions: Actions, count: number): Value;
  /** Room for the actions of a rollout, and the chance that decides them. */
  choices(rows: number, key: Key): Choices;
  /** Choices the action of a row into `choices`, and gives it as the environment takes it. */
  draw(outputs: Float64Array, own: Tree<Value>, row: number, choices: Choices): Action;
  /**
   * The distribution and its most probable action by name, [count, ...]: what an exported policy
   * gives.
   */
  named(outputs: Tensor, own: Tree<Tensor>): Readonly<Record<string, Tensor>>;
  /** The action that is most probable. */
  best(outputs: Float64Array): Action;
}
