import type { EnvironmentStep } from '../environments/environment.ts';

/** One environment step: observation, action, reward and next observation. */
export interface Experience<Observation, Action> {
  readonly index: number;
  readonly observation: Observation;
  readonly action: Action;
  readonly reward: number;
  /**
   * What it saw next: after an end the last observation of the episode, not the first of the next
   * one.
   */
  readonly next: Observation;
  readonly kind: EnvironmentStep<unknown>['kind'];
  /** The number of the episode, from 0. */
  readonly episode: number;
  /** Steps of the episode so far, this one included. */
  readonly length: number;
  /** The sum of the rewards of the episode so far, not discounted. */
  readonly return: number;
  /**
   * When the step began, in seconds on the clock that never jumps. Where steps take microseconds,
   * one in eight is timed: the others have the moment of the last one that was.
   */
  readonly began: number;
}

/** What was played in this process: only grows, also where an agent is restored. */
export interface Played {
  /** Steps of the environments. */
  readonly steps: number;
  /** Episodes that have ended. */
  readonly episodes: number;
}

/** Chooses actions. An actor on an engine may answer with a promise. */
export interface Actor<Observation, Action> {
  /**
   * @param index of the step: the same index and observation always get the same action of an actor
   * in the same state
   */
  act(observation: Observation, index: number): Action | Promise<Action>;
}
