import type { Key } from '../../engine/index.ts';
import type { Scene } from './scene.ts';

/** The first step of an episode: nothing was done yet, so there is no reward. */
export interface Restart<Observation> {
  readonly kind: 'restart';
  readonly observation: Observation;
}

/** A step after which the episode goes on. */
export interface Transition<Observation> {
  readonly kind: 'transition';
  readonly observation: Observation;
  readonly reward: number;
}

/**
 * The last step of an episode that came to its end by itself: nothing is worth anything after it.
 */
export interface Termination<Observation> {
  readonly kind: 'termination';
  readonly observation: Observation;
  readonly reward: number;
}

/**
 * The last step of an episode that was cut off, by a limit: what comes after it would still be
 * worth something.
 */
export interface Truncation<Observation> {
  readonly kind: 'truncation';
  readonly observation: Observation;
  readonly reward: number;
}

/** What an action leads to. */
export type EnvironmentStep<Observation> =
  | Transition<Observation>
  | Termination<Observation>
  | Truncation<Observation>;

/** What an agent sees of an episode, step by step. */
export type TimeStep<Observation> = Restart<Observation> | EnvironmentStep<Observation>;

/** The first step of an episode. */
export function restart<Observation>(observation: Observation): Restart<Observation> {
  return { kind: 'restart', observation };
}

/** A step after which the episode goes on. */
export function transition<Observation>(observation: Observation, reward: number): Transition<Observation> {
  return { kind: 'transition', observation, reward };
}

/** The last step of an episode that came to its end by itself. */
export function termination<Observation>(observation: Observation, reward: number): Termination<Observation> {
  return { kind: 'termination', observation, reward };
}

/** The last step of an episode that was cut off. */
export function truncation<Observation>(observation: Observation, reward: number): Truncation<Observation> {
  return { kind: 'truncation', observation, reward };
}

/**
 * What the value after a step counts: 0 after a termination, `gamma` after a transition and, since
 * the episode was merely cut off, after a truncation. With it no update needs a `done` flag.
 */
export function discountAfter({ kind }: EnvironmentStep<unknown>, gamma: number): number {
  return discountFor(kind, gamma);
}

/** The same by the kind of step. */
export function discountFor(kind: EnvironmentStep<unknown>['kind'], gamma: number): number {
  return kind === 'termination' ? 0 : gamma;
}

/** The type of observations or actions: validates a value, and samples one. */
export interface Spec<T> {
  /** `discrete`: whole numbers. `box`: lists of numbers between bounds. */
  readonly kind: 'discrete' | 'box';
  /** [] for a discrete value, [n] for a list of n numbers. */
  readonly shape: readonly number[];
  /** The rule in words: `a whole number from 0 to 2`. */
  readonly rule: string;
  includes(value: unknown): value is T;
  /** The value itself. @throws RangeError as `name: expected <rule>, got <value>` */
  validate(name: string, value: unknown): T;
  /** A value that fits, uniform where the bounds are finite. */
  sample(key: Key): T;
}

/** Whole numbers from 0 to `size` - 1. */
export interface DiscreteSpec extends Spec<number> {
  readonly kind: 'discrete';
  readonly size: number;
}

/** Lists of float32 numbers, each between its bounds (inclusive), which may be infinite. */
export interface BoxSpec extends Spec<readonly number[]> {
  readonly kind: 'box';
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** What is saved of an environment: JSON, so that it goes into a checkpoint as it is. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The contract of an environment, after dm_env (Muldal et al. 2019) with Gymnasium's dynamics in
 * mind.
 *
 * - `reset(key)` begins an episode; all that is random in the episode is a pure function of the
 *   key, so the same key and the
 *   same actions give the same episode.
 * - `step(action)` goes on. It answers with a fresh time step that it never changes later. After a
 *   termination or a
 *   truncation, and before the first reset, it throws.
 * - Observations are numbers (discrete) or lists of float32 numbers (box) that fit the spec;
 *   rewards are finite.
 * - `save()` gives all that the rest of the episode depends on; after `restore(saved)`, also in
 *   another instance, the
 *   environment goes on to the bit as the saved one did.
 *
 * `environmentLaws` tests all of that.
 */
export interface Environment<Observation, Action> {
  /** What reports and errors call it: `MountainCar-v0`. */
  readonly name: string;
  readonly observation: Spec<Observation>;
  readonly action: Spec<Action>;
  reset(key: Key): Restart<Observation>;
  step(action: Action): EnvironmentStep<Observation>;
  /**
   * Where environments can be stepped together: says which action the next `step` is going to take,
   * so that those of several are on their way before the first one is waited for.
   */
  startStep?(action: Action): void;
  save(): Json;
  restore(saved: Json): void;
  /**
   * How it looks now, the last step of an episode included; undefined or absent where there is
   * nothing to see.
   */
  scene?(): Scene | undefined;
}
