import type { Tree, Value } from '../../engine/index.ts';
import type { ActorCritic } from './actor-critic.ts';
import type { HostNetwork } from './host-network.ts';
import type { DeepActor, StepContext } from './method.ts';
import type { Policy } from './policy.ts';
import type { Rollout } from './rollout.ts';
import type { VectorEnvironment } from './vector-environment.ts';

/** A rollout with what the agent thought of it. */
export interface RolloutWithValues extends Rollout {
  /** ln of the probability, or density, of each action when it was drawn. */
  readonly logProbabilities: Float32Array;
  /** The estimate in the state before each step. */
  readonly valuesBefore: Float32Array;
  /** The estimate in the state after it: at an end, of the last state of that episode. */
  readonly valuesAfter: Float32Array;
}

/** Acts by a policy, and estimates values by a critic. */
export class PolicyActor<Action> implements DeepActor<Action, RolloutWithValues> {
  readonly #policy: Policy<Action>;
  readonly #acting: HostNetwork;
  readonly #critic: HostNetwork;
  readonly #steps: number;
  readonly #longest: number | undefined;
  #own: Tree<Value> = {};

  /**
   * @param steps that each environment is played in a step
   * @param wholeEpisodes whether a step is one episode in each environment, of at most `steps`
   * steps
   */
  constructor(parts: ActorCritic<Action>, steps: number, wholeEpisodes = false) {
    const { policy, value } = parts.host();
    this.#policy = parts.policy;
    this.#acting = policy;
    this.#critic = value;
    this.#steps = steps;
    this.#longest = wholeEpisodes ? steps : undefined;
  }

  load({ policy, value, own = {} }: Tree<Value>): void {
    this.#acting.load(policy as Tree<Value>);
    this.#critic.load(value as Tree<Value>);
    this.#own = own as Tree<Value>;
  }

  close(): void {
    this.#acting.close?.();
    this.#critic.close?.();
  }

  best(observation: ArrayLike<number>): Action {
    return this.#policy.best(this.#acting.run(observation));
  }

  collect(environments: VectorEnvironment<Action>, { key }: StepContext): RolloutWithValues {
    const rows = this.#steps * environments.count;
    const choices = this.#policy.choices(rows, key);
    const valuesBefore = new Float32Array(rows);
    const choose = (row: number, observations: Float32Array, at: number) => {
      valuesBefore[row] = this.#critic.run(observations, at)[0]!;
      return this.#policy.draw(this.#acting.run(observations, at), this.#own, row, choices);
    };
    const rollout =
      this.#longest === undefined
        ? environments.collect(this.#steps, choices.actions, choose)
        : environments.collectEpisodes(this.#longest, choices.actions, choose);
    const valuesAfter = this.#valuesAfter(rollout, valuesBefore, environments.observation);
    return { ...rollout, logProbabilities: choices.logProbabilities, valuesBefore, valuesAfter };
  }

  /**
   * Where an episode goes on, the state after a step is the one before the next, which was judged
   * then.
   */
  #valuesAfter(
    { numEnvs, discounts, continues, after }: Rollout,
    valuesBefore: Float32Array,
    observation: number,
  ): Float32Array {
    return valuesBefore.map((_, row) => {
      if (discounts[row] === 0) return 0;
      const next = row + numEnvs;
      return continues[row] === 1 && next < valuesBefore.length
        ? valuesBefore[next]!
        : this.#critic.run(after, row * observation)[0]!;
    });
  }
}
