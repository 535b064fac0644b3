import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, keyOf } from '../../engine/index.ts';
import { checkRestart, checkStep } from '../environments/check-step.ts';
import type { Environment, Json } from '../environments/environment.ts';
import type { Played } from '../streams/experience.ts';
import type { Actions, EndedEpisode, Rollout } from './rollout.ts';

/** The state of one of the environments. */
interface World<Action> {
  readonly environment: Environment<readonly number[], Action>;
  readonly key: Key;
  /** Episodes begun. */
  episodes: number;
  observation: readonly number[];
  return: number;
  length: number;
}

/** How many worlds, and what is random in them. */
export interface WorldsOptions {
  /** @default 1 */
  readonly count?: number;
  /** @default 0 */
  readonly seed?: number;
}

/**
 * Says what to do at row `row` of a rollout, seeing the observation that begins at
 * `observations[at]`.
 */
export type Choose<Action> = (row: number, observations: Float32Array, at: number) => Action;

/**
 * Some environments of one kind, played at the same time, each beginning its next episode as soon
 * as one has ended. EndedEpisode e of world w is a pure function of (seed, w, e) and of what is
 * done in it.
 */
export class Worlds<Action> {
  readonly environment: Environment<readonly number[], Action>;
  /** Numbers of an observation. */
  readonly observation: number;
  readonly #worlds: readonly World<Action>[];
  #steps = 0;
  #episodes = 0;

  /** @throws RangeError when there are no worlds, or observations are no lists */
  constructor(
    make: () => Environment<readonly number[], Action>,
    { count = 1, seed = 0 }: WorldsOptions = {},
  ) {
    wholeNumber('Worlds: count', count, 1, 4096);
    const root = keyOf(wholeNumber('Worlds: seed', seed), 'worlds');
    this.#worlds = Array.from({ length: count }, (_, number) => begin(make(), fold(root, number)));
    this.environment = this.#worlds[0]!.environment;
    const { kind, shape } = this.environment.observation;
    if (kind !== 'box')
      throw new RangeError(`Worlds: expected observations that are lists, got ${kind} ones`);
    this.observation = shape[0]!;
  }

  get count(): number {
    return this.#worlds.length;
  }

  /** What was played in all worlds. */
  played(): Played {
    return { steps: this.#steps, episodes: this.#episodes };
  }

  /** Plays `steps` steps in every world. `choose` puts what it chooses into `actions`, too. */
  play<A extends Actions>(steps: number, actions: A, choose: Choose<Action>): Rollout<A> {
    const buffer = new RolloutBuffer(steps * this.count, this.count, this.observation);
    for (let row = 0; row < steps * this.count; row++) {
      const world = this.#worlds[row % this.count]!;
      if (buffer.play(row, world, choose)) nextEpisode(world);
    }
    return this.#count({ ...buffer.rollout, actions }, buffer.steps);
  }

  /**
   * Plays one episode from its beginning in every world, cut off where it has not ended after
   * `longest` steps. `episodes` is in the order of the worlds; the rows after the end of an episode
   * are empty, all 0.
   */
  playEpisodes<A extends Actions>(longest: number, actions: A, choose: Choose<Action>): Rollout<A> {
    const { count } = this;
    const buffer = new RolloutBuffer(longest * count, count, this.observation);
    this.#worlds.forEach((world, number) => {
      if (world.length > 0) nextEpisode(world);
      let ended = false;
      for (let step = 0; step < longest && !ended; step++)
        ended = buffer.play(step * count + number, world, choose);
      if (!ended) buffer.note(world);
      nextEpisode(world);
    });
    return this.#count({ ...buffer.rollout, actions }, buffer.steps);
  }

  #count<A extends Actions>(rollout: Rollout<A>, steps: number): Rollout<A> {
    this.#steps += steps;
    this.#episodes += rollout.episodes.length;
    return rollout;
  }

  /** All that the rest of the episodes depends on. */
  save(): Json {
    return this.#worlds.map(({ environment, episodes, observation, return: sum, length }) => ({
      environment: environment.save(),
      episodes,
      observation: [...observation],
      return: sum,
      length,
    }));
  }

  /**
   * Puts the worlds where they were when `saved` was made. @throws RangeError for another number of
   * worlds
   */
  restore(saved: Json): void {
    const all = saved as readonly Record<string, never>[];
    if (!Array.isArray(all) || all.length !== this.count)
      throw new RangeError(`restore: expected ${this.count} worlds, got ${all?.length}`);
    this.#worlds.forEach((world, number) => {
      const { environment, ...rest } = all[number]!;
      world.environment.restore(environment!);
      Object.assign(world, rest);
    });
  }
}

function begin<Action>(environment: Environment<readonly number[], Action>, key: Key): World<Action> {
  const world = { environment, key, episodes: 0, observation: [], return: 0, length: 0 };
  nextEpisode(world);
  return world;
}

/** The rows of a rollout as they are filled. */
class RolloutBuffer {
  readonly rollout: Omit<Rollout, 'actions'>;
  /** Rows that were played. */
  steps = 0;
  readonly #episodes: EndedEpisode[] = [];
  readonly #observation: number;

  constructor(rows: number, worlds: number, observation: number) {
    const list = () => new Float32Array(rows);
    const wide = () => new Float32Array(rows * observation);
    this.#observation = observation;
    this.rollout = {
      worlds,
      before: wide(),
      after: wide(),
      rewards: list(),
      discounts: list(),
      continues: list(),
      episodes: this.#episodes,
    };
  }

  /** Plays one step of a world. Answers whether its episode has ended with it. */
  play<Action>(row: number, world: World<Action>, choose: Choose<Action>): boolean {
    const { before, after, rewards, discounts, continues } = this.rollout;
    const at = row * this.#observation;
    before.set(world.observation, at);
    const { environment } = world;
    const step = checkStep(environment, environment.step(choose(row, before, at)));
    const goesOn = step.kind === 'transition';
    after.set(step.observation, at);
    rewards[row] = step.reward;
    discounts[row] = step.kind === 'termination' ? 0 : 1;
    continues[row] = goesOn ? 1 : 0;
    world.observation = step.observation;
    world.return += step.reward;
    world.length++;
    this.steps++;
    if (!goesOn) this.note(world);
    return !goesOn;
  }

  /** Takes down the episode of a world. */
  note({ return: sum, length }: Pick<EndedEpisode, 'return' | 'length'>): void {
    this.#episodes.push({ return: sum, length });
  }
}

function nextEpisode<Action>(world: World<Action>): void {
  const { environment, key } = world;
  const { observation } = checkRestart(environment, environment.reset(fold(key, world.episodes++)));
  Object.assign(world, { observation, return: 0, length: 0 });
}
