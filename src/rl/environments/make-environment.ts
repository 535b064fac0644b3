import type { Key } from '../../engine/index.ts';
import { Draws } from './draws.ts';
import {
  type Environment,
  type Json,
  type Restart,
  restart,
  type Spec,
  type Step,
  termination,
  transition,
} from './environment.ts';
import { EnvironmentContractError } from './errors.ts';
import { afterTheEnd } from './rules.ts';
import type { Scene } from './scene.ts';

/** What a move leads to. */
export interface Outcome<State> {
  readonly state: State;
  readonly reward: number;
  /** The episode has come to its end. */
  readonly terminated: boolean;
}

/** The dynamics of an environment as pure functions of a state, which is JSON. */
export interface Dynamics<State extends Json, Observation, Action> {
  readonly name: string;
  readonly observation: Spec<Observation>;
  readonly action: Spec<Action>;
  /** The state in which an episode begins. */
  start(draws: Draws): State;
  move(state: State, action: Action, draws: Draws): Outcome<State>;
  /** What the agent sees of a state. Box observations are to be rounded to float32 (`Math.fround`). */
  observe(state: State): Observation;
  /** How a state looks, for pictures. */
  scene?(state: State): Scene;
}

/** Where an environment stands: the episode's key, how many steps are done, and the state. Null outside of an episode. */
interface Episode<State> {
  readonly key: Key;
  readonly steps: number;
  readonly state: State;
}

/**
 * An environment from its dynamics: keeps the episode, checks the actions, refuses to go on after the end, saves and
 * restores. It sets no limit on an episode; `timeLimit` does.
 */
export function makeEnvironment<State extends Json, Observation, Action>(
  dynamics: Dynamics<State, Observation, Action>,
): Environment<Observation, Action> {
  return new Made(dynamics);
}

class Made<State extends Json, Observation, Action> implements Environment<Observation, Action> {
  readonly name: string;
  readonly observation: Spec<Observation>;
  readonly action: Spec<Action>;
  readonly #dynamics: Dynamics<State, Observation, Action>;
  readonly #draws = new Draws();
  #key: Key = { high: 0, low: 0 };
  #steps = 0;
  /** Undefined outside of an episode. */
  #state: State | undefined;
  /** Also of the last step of an episode. */
  #shown: State | undefined;

  constructor(dynamics: Dynamics<State, Observation, Action>) {
    this.name = dynamics.name;
    this.observation = dynamics.observation;
    this.action = dynamics.action;
    this.#dynamics = dynamics;
  }

  reset(key: Key): Restart<Observation> {
    this.#key = { high: key.high, low: key.low };
    this.#steps = 0;
    this.#state = this.#dynamics.start(this.#draws.at(key, 0));
    this.#shown = this.#state;
    return restart(this.#dynamics.observe(this.#state));
  }

  step(action: Action): Step<Observation> {
    const before = this.#state;
    if (before === undefined)
      throw new EnvironmentContractError(this.name, afterTheEnd, 'step() outside of one');
    if (!this.action.includes(action)) this.action.validate(`${this.name}: action`, action);
    const draws = this.#draws.at(this.#key, ++this.#steps);
    const { state, reward, terminated } = this.#dynamics.move(before, action, draws);
    const observation = this.#dynamics.observe(state);
    this.#shown = state;
    this.#state = terminated ? undefined : state;
    return terminated ? termination(observation, reward) : transition(observation, reward);
  }

  scene(): Scene | undefined {
    return this.#shown === undefined ? undefined : this.#dynamics.scene?.(this.#shown);
  }

  save(): Json {
    if (this.#state === undefined) return null;
    const { high, low } = this.#key;
    return { key: { high, low }, steps: this.#steps, state: this.#state };
  }

  restore(saved: Json): void {
    const episode = saved as unknown as Episode<State> | null;
    this.#state = episode?.state;
    this.#shown = this.#state;
    if (episode === null) return;
    this.#key = episode.key;
    this.#steps = episode.steps;
  }
}
