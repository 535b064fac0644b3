import * as tf from '@tensorflow/tfjs-core';
import { differentiate, fold, type Key, type Tree, type Value } from '../../engine/index.ts';
import { type AgentNetwork, agentNetwork } from './agent-network.ts';
import type { OffPolicy } from './off-policy.ts';

/** What twin critics say of actions, [count] each. */
type Estimates = readonly [first: tf.Tensor, second: tf.Tensor];

/** What twin critics learn from. */
export interface CriticInputs extends Tree<tf.Tensor> {
  /** [count, numbers], likewise the next one. */
  readonly before: tf.Tensor;
  readonly action: tf.Tensor;
  /** Weights of the losses, [count]. */
  readonly weight: tf.Tensor;
}

/**
 * Two networks of one shape that value an action in a state; their input is the observation and the
 * action side by side, [count, observation + numbers of an action].
 */
export class TwinCritics {
  readonly #network: AgentNetwork;
  readonly #inputs: number;

  constructor({ observation, numbers, criticNetwork }: OffPolicy) {
    this.#inputs = observation + numbers;
    this.#network = agentNetwork(criticNetwork, { inputs: this.#inputs, outputs: 1 });
  }

  init(key: Key): Tree<Value> {
    const one = (name: string) => this.#network.layer.init(fold(key, name), [this.#inputs]).weights;
    return { first: one('first'), second: one('second') };
  }

  /** The estimates of both for actions between -1 and 1. */
  apply(weights: Tree<tf.Tensor>, observation: tf.Tensor, action: tf.Tensor): Estimates {
    return [this.first(weights, observation, action), this.#one(weights.second!, observation, action)];
  }

  /** That of the first one alone. */
  first(weights: Tree<tf.Tensor>, observation: tf.Tensor, action: tf.Tensor): tf.Tensor {
    return this.#one(weights.first!, observation, action);
  }

  #one(weights: Tree<tf.Tensor> | tf.Tensor, observation: tf.Tensor, action: tf.Tensor): tf.Tensor {
    const x = tf.concat([observation, action], 1);
    const parameters = { weights: weights as Tree<tf.Tensor>, buffers: {} };
    return tf.reshape(this.#network.layer.apply(parameters, x, true).y, [observation.shape[0]!]);
  }

  /**
   * The loss of both, the sum of their mean squared errors over 2, with its gradients; `errors`,
   * [count], are the means of both, by which transitions are prioritised.
   */
  learn(weights: Tree<tf.Tensor>, { before, action, weight }: CriticInputs, targets: tf.Tensor) {
    return differentiate(weights, (at) => {
      const estimates = this.apply(at, before, action);
      const errors = estimates.map((estimate) => tf.sub(targets, estimate));
      const losses = errors.map((error) => tf.mean(tf.mul(weight, tf.div(tf.square(error), 2))));
      const sizes = tf.div(tf.add(tf.abs(errors[0]!), tf.abs(errors[1]!)), 2);
      return {
        loss: tf.add(losses[0]!, losses[1]!),
        extra: { errors: sizes, tdError: tf.mean(sizes), qMean: tf.mean(estimates[0]) },
      };
    });
  }
}
