import type { OperatorFunction } from 'rxjs';
import { ClockSampler, monotonicSeconds, wholeNumber } from '../../base/index.ts';
import { fold, type Key, keyOf } from '../../engine/index.ts';
import { type Gate, learn, type Numbered } from '../../streams/index.ts';
import { checkRestart, checkStep } from '../environments/check-step.ts';
import type { Environment, Json } from '../environments/environment.ts';
import type { Actor, Experience, Played } from './experience.ts';

/** An actor in an environment, as an operator of which a checkpoint can be made. */
export interface Interaction<Observation, Action>
  extends OperatorFunction<Numbered<unknown>, Experience<Observation, Action>> {
  /** How many episodes have ended. */
  episodes(): number;
  played(): Played;
  /** All that the next step depends on beside the actor. */
  save(): Json;
  restore(saved: Json): void;
}

/** Options of an interaction. */
export interface InteractOptions {
  /**
   * Decides all that is random in the environment: episode n begins with the key of (seed, its
   * name, n).
   */
  readonly seed?: number;
  /** Of the pump, for actors that answer with a promise. */
  readonly gate?: Gate;
}

/**
 * Environment steps as an operator: for each tick the actor chooses an action, and the experience
 * flows on. After an end the next tick begins a new episode. Every step of the environment is
 * checked against the contract.
 *
 * The stream errors with an EnvironmentContractError that names the rule when the environment
 * breaks one, and with whatever the actor or the environment throws.
 */
export function interact<Observation, Action>(
  environment: Environment<Observation, Action>,
  actor: Actor<Observation, Action>,
  { seed = 0, gate }: InteractOptions = {},
): Interaction<Observation, Action> {
  const interaction = new Interacting(environment, actor, wholeNumber('interact: seed', seed));
  const operator = learn((tick: Numbered<unknown>) => interaction.step(tick.index), gate);
  return Object.assign(operator, {
    episodes: () => interaction.episode,
    played: () => ({ ...interaction.played }),
    save: () => interaction.save(),
    restore: (saved: Json) => interaction.restore(saved),
  });
}

/** The state of an interaction. There is no observation between two episodes. */
type InteractionState = {
  readonly episode: number;
  readonly length: number;
  readonly return: number;
  readonly observation: Json;
  readonly environment: Json;
};

class Interacting<Observation, Action> {
  readonly #environment: Environment<Observation, Action>;
  readonly #actor: Actor<Observation, Action>;
  readonly #key: Key;
  #observation: Observation | null = null;
  #length = 0;
  #return = 0;
  readonly #looks = new ClockSampler();
  #began = 0;
  episode = 0;
  readonly played = { steps: 0, episodes: 0 };

  constructor(
    environment: Environment<Observation, Action>,
    actor: Actor<Observation, Action>,
    seed: number,
  ) {
    this.#environment = environment;
    this.#actor = actor;
    this.#key = keyOf(seed, `environment/${environment.name}`);
  }

  step(index: number): Experience<Observation, Action> | Promise<Experience<Observation, Action>> {
    const began = this.#timed();
    const observation = this.#observation ?? this.#begin();
    const action = this.#actor.act(observation, index);
    if (action instanceof Promise)
      return action.then((settled) => this.#take(index, observation, settled, began));
    return this.#take(index, observation, action, began);
  }

  #timed(): number {
    if (this.#looks.due()) {
      this.#began = monotonicSeconds();
      this.#looks.seen(this.#began);
    }
    return this.#began;
  }

  #begin(): Observation {
    const { observation } = checkRestart(
      this.#environment,
      this.#environment.reset(fold(this.#key, this.episode)),
    );
    this.#length = 0;
    this.#return = 0;
    this.#observation = observation;
    return observation;
  }

  #take(
    index: number,
    observation: Observation,
    action: Action,
    began: number,
  ): Experience<Observation, Action> {
    const { kind, reward, observation: next } = checkStep(this.#environment, this.#environment.step(action));
    const { episode } = this;
    this.played.steps++;
    const length = ++this.#length;
    this.#return += reward;
    if (kind === 'transition') this.#observation = next;
    else {
      this.#observation = null;
      this.episode++;
      this.played.episodes++;
    }
    return { index, observation, action, reward, next, kind, episode, length, return: this.#return, began };
  }

  save(): Json {
    return {
      episode: this.episode,
      length: this.#length,
      return: this.#return,
      observation: this.#observation as Json,
      environment: this.#environment.save(),
    } satisfies InteractionState;
  }

  restore(saved: Json): void {
    const state = saved as InteractionState;
    this.#environment.restore(state.environment);
    this.episode = state.episode;
    this.#length = state.length;
    this.#return = state.return;
    this.#observation = state.observation as Observation | null;
  }
}
