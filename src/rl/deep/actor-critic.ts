import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, type Program, type Tree, type Value } from '../../engine/index.ts';
import type { NetworkProgram } from '../../models/index.ts';
import { type AgentNetwork, agentNetwork, type NetworkOptions } from './agent-network.ts';
import type { HostNetwork } from './host-network.ts';
import { observing } from './observing.ts';
import type { Policy } from './policy.ts';

/**
 * Two networks of one size that share nothing: one that acts, one that estimates how much is to
 * come.
 */
export interface ActorCriticOptions<Action> {
  /** Numbers of an observation. */
  readonly observation: number;
  readonly policy: Policy<Action>;
  readonly network: NetworkOptions;
}

/** The weights of both, in a program. */
export interface ActorCriticWeights extends Tree<tf.Tensor> {
  readonly policy: Tree<tf.Tensor>;
  readonly value: Tree<tf.Tensor>;
  /** The policy's own. */
  readonly own: Tree<tf.Tensor>;
}

interface Applied {
  readonly outputs: tf.Tensor;
  readonly value: tf.Tensor;
}

/** An actor and a critic, in programs and on the host. */
export class ActorCritic<Action> {
  readonly observation: number;
  readonly policy: Policy<Action>;
  readonly #networks: { readonly policy: AgentNetwork; readonly value: AgentNetwork };

  /** The policy begins close to indifference, which the small gain of its last layer is for. */
  constructor({ observation, policy, network }: ActorCriticOptions<Action>) {
    this.observation = wholeNumber('observation', observation, 1);
    this.policy = policy;
    const made = (outputs: number, start: number) =>
      agentNetwork(network, { inputs: observation, outputs, start });
    this.#networks = { policy: made(policy.outputs, 0.01), value: made(1, 1) };
  }

  init(key: Key): Tree<Value> {
    const weights = (name: 'policy' | 'value') =>
      this.#networks[name].layer.init(fold(key, name), [this.observation]).weights;
    return { policy: weights('policy'), value: weights('value'), own: this.policy.own() };
  }

  /** The numbers that the policy is made of, [count, outputs], and the estimates, [count]. */
  apply(weights: ActorCriticWeights, before: tf.Tensor): Applied {
    const of = (name: 'policy' | 'value') =>
      this.#networks[name].layer.apply({ weights: weights[name], buffers: {} }, before, true).y;
    return { outputs: of('policy'), value: tf.reshape(of('value'), [before.shape[0]!]) };
  }

  /** Passes the state on and outputs the weights. */
  acting(name: string): Program {
    return {
      name: `${name}/acting`,
      run: (state) => ({ state, outputs: state.weights as Tree<tf.Tensor> }),
    };
  }

  /** Both as programs of their own, for a state whose `weights` are those of `init`. */
  networks(name: string): Readonly<Record<'policy' | 'critic', NetworkProgram>> {
    const of = (which: string, outputs: (applied: Applied, own: Tree<tf.Tensor>) => Tree<tf.Tensor>) =>
      observing(`${name}/${which}`, this.observation, (state, observation) => {
        const weights = state.weights as ActorCriticWeights;
        return outputs(this.apply(weights, observation), weights.own);
      });
    return {
      policy: of('policy', ({ outputs }, own) => this.policy.named(outputs, own)),
      critic: of('critic', ({ value }) => ({ value })),
    };
  }

  /** Both on the host, without weights. */
  host(): { readonly policy: HostNetwork; readonly value: HostNetwork } {
    return { policy: this.#networks.policy.host(), value: this.#networks.value.host() };
  }
}
