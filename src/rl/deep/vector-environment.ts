import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, keyOf } from '../../engine/index.ts';
import { checkRestart, checkStep } from '../environments/check-step.ts';
import type { Environment, EnvironmentStep, Json } from '../environments/environment.ts';
import type { Played } from '../streams/experience.ts';
import type { Actions, EndedEpisode, Rollout } from './rollout.ts';
import { RolloutBuffer } from './rollout-buffer.ts';

/** One of the environments, in its present episode. */
interface Member<Action> {
  readonly environment: Environment<readonly number[], Action>;
  readonly key: Key;
  /** Episodes begun. */
  episodes: number;
  observation: readonly number[];
  return: number;
  length: number;
}

/** Options of a vector environment. */
export interface VectorEnvironmentOptions {
  /** Number of environments. @default 1 */
  readonly count?: number;
  /** Decides all that is random in them. @default 0 */
  readonly seed?: number;
  /** Releases what the environments hold outside of memory, as a process. */
  readonly close?: () => void;
}

/**
 * Chooses the action for row `row` of a rollout by the observation that begins at
 * `observations[at]`.
 */
export type Choose<Action> = (row: number, observations: Float32Array, at: number) => Action;

/**
 * Several environments of one kind that are stepped together. Each begins its next episode within
 * the step that ended one. Episode e of environment i is a pure function of (seed, i, e) and of the
 * actions.
 */
export class VectorEnvironment<Action> {
  /** The first one, for the specs of all. */
  readonly environment: Environment<readonly number[], Action>;
  /** Numbers of an observation. */
  readonly observation: number;
  readonly #members: readonly Member<Action>[];
  #steps = 0;
  #episodes = 0;
  readonly #close: () => void;
  #heard: (episode: EndedEpisode) => void = () => {};

  /**
   * @param make returns a new environment each time
   * @throws RangeError for a count below 1, or observations that are no lists
   */
  constructor(
    make: () => Environment<readonly number[], Action>,
    { count = 1, seed = 0, close = () => {} }: VectorEnvironmentOptions = {},
  ) {
    wholeNumber('VectorEnvironment: count', count, 1, 4096);
    const root = keyOf(wholeNumber('VectorEnvironment: seed', seed), 'worlds');
    this.#close = close;
    this.#members = Array.from({ length: count }, (_, i) => begin(make(), fold(root, i)));
    this.environment = this.#members[0]!.environment;
    const { kind, shape } = this.environment.observation;
    if (kind !== 'box')
      throw new RangeError(`VectorEnvironment: expected observations that are lists, got ${kind} ones`);
    this.observation = shape[0]!;
  }

  get count(): number {
    return this.#members.length;
  }

  /** Steps and episodes of all environments. */
  played(): Played {
    return { steps: this.#steps, episodes: this.#episodes };
  }

  /** Calls `heard`, and no other any more, with every episode that ends from now on. */
  onEpisode(heard: (episode: EndedEpisode) => void): void {
    this.#heard = heard;
  }

  /** Takes `steps` steps in every environment. `choose` also writes its action into `actions`. */
  collect<A extends Actions>(steps: number, actions: A, choose: Choose<Action>): Rollout<A> {
    const buffer = new RolloutBuffer(steps, this.count, this.observation);
    const { count } = this;
    const chosen = new Array<Action>(count);
    for (let first = 0; first < steps * count; first += count) {
      this.#members.forEach((member, i) => {
        chosen[i] = chooseFor(buffer, first + i, member, choose);
      });
      this.#members.forEach((member, i) => {
        if (take(buffer, first + i, member, chosen[i]!)) nextEpisode(member);
      });
    }
    return this.#finish(buffer, actions);
  }

  /**
   * Plays one episode from its beginning in every environment, truncated after `longest` steps. Its
   * `episodes` are in the order of the environments; the rows after the end of an episode are 0.
   */
  collectEpisodes<A extends Actions>(longest: number, actions: A, choose: Choose<Action>): Rollout<A> {
    const { count } = this;
    const buffer = new RolloutBuffer(longest, count, this.observation);
    this.#members.forEach((member, i) => {
      if (member.length > 0) nextEpisode(member);
      let ended = false;
      for (let step = 0; step < longest && !ended; step++)
        ended = playStep(buffer, step * count + i, member, choose);
      if (!ended) buffer.addEpisode(member);
      nextEpisode(member);
    });
    return this.#finish(buffer, actions);
  }

  #finish<A extends Actions>(buffer: RolloutBuffer, actions: A): Rollout<A> {
    this.#steps += buffer.steps;
    this.#episodes += buffer.rollout.episodes.length;
    buffer.rollout.episodes.forEach(this.#heard);
    return { ...buffer.rollout, actions };
  }

  /** All that the rest of the episodes depends on. */
  save(): Json {
    return this.#members.map(({ environment, episodes, observation, return: sum, length }) => ({
      environment: environment.save(),
      episodes,
      observation: [...observation],
      return: sum,
      length,
    }));
  }

  /** Releases what the environments hold outside of memory. */
  close(): void {
    this.#close();
  }

  /** Continues as the saved one did. @throws RangeError for another number of environments */
  restore(saved: Json): void {
    const all = saved as readonly Record<string, never>[];
    if (!Array.isArray(all) || all.length !== this.count)
      throw new RangeError(`restore: expected ${this.count} environments, got ${all?.length}`);
    this.#members.forEach((member, i) => {
      const { environment, ...rest } = all[i]!;
      member.environment.restore(environment!);
      Object.assign(member, rest);
    });
  }
}

function begin<Action>(environment: Environment<readonly number[], Action>, key: Key): Member<Action> {
  const member = { environment, key, episodes: 0, observation: [], return: 0, length: 0 };
  nextEpisode(member);
  return member;
}

function nextEpisode<Action>(member: Member<Action>): void {
  const { environment, key } = member;
  const { observation } = checkRestart(environment, environment.reset(fold(key, member.episodes++)));
  Object.assign(member, { observation, return: 0, length: 0 });
}

/** The action for a row, whose observation is written into it; its step may begin at once. */
function chooseFor<Action>(
  buffer: RolloutBuffer,
  row: number,
  { environment, observation }: Member<Action>,
  choose: Choose<Action>,
): Action {
  const action = choose(row, buffer.rollout.before, buffer.before(row, observation));
  environment.startStep?.(action);
  return action;
}

function playStep<Action>(
  buffer: RolloutBuffer,
  row: number,
  member: Member<Action>,
  choose: Choose<Action>,
): boolean {
  return take(buffer, row, member, chooseFor(buffer, row, member, choose));
}

/** Takes one step, and writes it into a row. @returns whether the episode has ended with it */
function take<Action>(buffer: RolloutBuffer, row: number, member: Member<Action>, action: Action): boolean {
  const { environment } = member;
  const step: EnvironmentStep<readonly number[]> = checkStep(environment, environment.step(action));
  buffer.after(row, step);
  member.observation = step.observation;
  member.return += step.reward;
  member.length++;
  if (step.kind === 'transition') return false;
  buffer.addEpisode(member);
  return true;
}
