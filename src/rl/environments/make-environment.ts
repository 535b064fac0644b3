import type { Key } from '../../engine/index.ts';
import { Draws } from './draws.ts';
import {
  type Environment,
  type EnvironmentStep,
  type Json,
  type Restart,
  restart,
  type Spec,
  termination,
  transition,
} from './environment.ts';
import { EnvironmentContractError } from './errors.ts';
import { afterTheEnd } from './rules.ts';
import type { Scene } from './scene.ts';
import { box } from './specs.ts';

/** What a move leads to. */
export interface Outcome<State> {
  readonly state: State;
  readonly reward: number;
  /** The episode has ended. */
  readonly terminated: boolean;
}

/**
 * The type itself where it holds nothing but JSON, in an interface too; otherwise one that it does
 * not fit.
 */
export type JsonOf<T> = T extends null | boolean | number | string
  ? T
  : T extends (...given: never[]) => unknown
    ? never
    : T extends object
      ? { readonly [Name in keyof T]: JsonOf<T[Name]> }
      : never;

/** The types of an environment's dynamics by name, so that none is taken for another. */
export interface DynamicsTypes<State> {
  /** Saved with a run, so it is JSON: a type alias or an interface. */
  readonly state: JsonOf<State>;
  readonly observation: unknown;
  readonly action: unknown;
}

/**
 * The dynamics of an environment as pure functions of a state:
 * `Dynamics<{ state: Stock; observation: number; action: number }>`.
 */
export interface Dynamics<Types extends DynamicsTypes<Types['state']>> {
  readonly name: string;
  readonly observation: Spec<Types['observation']>;
  readonly action: Spec<Types['action']>;
  /**
   * Whether `move` takes finite numbers beyond the bounds of a box of actions too, and clips them
   * itself, as Gymnasium's environments with such actions do. @default false: they are refused
   */
  readonly clips?: boolean;
  /** The state in which an episode begins. */
  start(draws: Draws): Types['state'];
  move(state: Types['state'], action: Types['action'], draws: Draws): Outcome<Types['state']>;
  /**
   * What the agent sees of a state. Box observations are to be rounded to float32 (`Math.fround`).
   */
  observe(state: Types['state']): Types['observation'];
  /** How a state looks, for pictures. */
  scene?(state: Types['state']): Scene;
}

/** The episode's key, its number of steps, and the state. Null outside of an episode. */
type Episode = {
  readonly key: { readonly high: number; readonly low: number };
  readonly steps: number;
  readonly state: Json;
};

/**
 * An environment from its dynamics: keeps the episode, checks the actions, refuses to go on after
 * the end, saves and restores. It sets no limit on an episode; `timeLimit` does.
 */
export function makeEnvironment<Types extends DynamicsTypes<Types['state']>>(
  dynamics: Dynamics<Types>,
): Environment<Types['observation'], Types['action']> {
  return new Made(dynamics);
}

/** Lists of as many float32 numbers, whatever their bounds. */
function anyOf({ shape: [size = 0] }: Spec<unknown>): Spec<unknown> {
  const largest = (2 - 2 ** -23) * 2 ** 127;
  return box(Array(size).fill(-largest), Array(size).fill(largest));
}

class Made<Types extends DynamicsTypes<Types['state']>>
  implements Environment<Types['observation'], Types['action']>
{
  readonly name: string;
  readonly observation: Spec<Types['observation']>;
  readonly action: Spec<Types['action']>;
  readonly #dynamics: Dynamics<Types>;
  readonly #accepted: Spec<unknown>;
  readonly #draws = new Draws();
  #key: Key = { high: 0, low: 0 };
  #steps = 0;
  /** Undefined outside of an episode. */
  #state: Types['state'] | undefined;
  /** Also of the last step of an episode. */
  #shown: Types['state'] | undefined;

  constructor(dynamics: Dynamics<Types>) {
    this.name = dynamics.name;
    this.observation = dynamics.observation;
    this.action = dynamics.action;
    this.#dynamics = dynamics;
    this.#accepted = dynamics.clips === true ? anyOf(dynamics.action) : dynamics.action;
  }

  reset(key: Key): Restart<Types['observation']> {
    this.#key = { high: key.high, low: key.low };
    this.#steps = 0;
    this.#state = this.#dynamics.start(this.#draws.at(key, 0));
    this.#shown = this.#state;
    return restart(this.#dynamics.observe(this.#state));
  }

  step(action: Types['action']): EnvironmentStep<Types['observation']> {
    const before = this.#state;
    if (before === undefined)
      throw new EnvironmentContractError(this.name, afterTheEnd, 'step() outside of one');
    if (!this.#accepted.includes(action)) this.action.validate(`${this.name}: action`, action);
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
    return { key: { high, low }, steps: this.#steps, state: this.#state as Json };
  }

  restore(saved: Json): void {
    const episode = saved as Episode | null;
    this.#state = episode?.state as Types['state'] | undefined;
    this.#shown = this.#state;
    if (episode === null) return;
    this.#key = episode.key;
    this.#steps = episode.steps;
  }
}
