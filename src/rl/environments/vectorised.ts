import { wholeNumber } from '../../base/index.ts';
import { fold, type Key } from '../../engine/index.ts';
import { checkRestart, checkStep } from './check-step.ts';
import type { BoxSpec, Environment, Json, Spec } from './environment.ts';

/**
 * What the actions of all environments lead to. All lists are new, and in the order of the
 * environments.
 */
export interface VectorStep<Observation> {
  /**
   * What to act on next: of an episode that ended, the first observation of the one that was begun
   * after it.
   */
  readonly observations: readonly Observation[];
  /**
   * What the actions led to: of an episode that ended, its last observation. To bootstrap from
   * after a truncation.
   */
  readonly finals: readonly Observation[];
  readonly rewards: readonly number[];
  readonly kinds: readonly ('transition' | 'termination' | 'truncation')[];
}

/**
 * Several environments in step with each other. One whose episode ends is reset within the same
 * step, its last observation is kept in `finals`. Environment i begins its episode n with the key
 * `fold(fold(key, i), n)`.
 * @throws EnvironmentContractError when one of them breaks the contract
 */
export class VectorEnvironment<Observation, Action> {
  readonly name: string;
  readonly observation: Spec<Observation>;
  readonly action: Spec<Action>;
  readonly count: number;
  readonly #environments: readonly Environment<Observation, Action>[];
  #key: Key = { high: 0, low: 0 };
  #episodes: number[];

  constructor(environments: readonly Environment<Observation, Action>[]) {
    const [first] = environments;
    if (first === undefined) throw new RangeError('vectorised: count: expected a whole number from 1, got 0');
    this.name = first.name;
    this.observation = first.observation;
    this.action = first.action;
    this.count = environments.length;
    this.#environments = environments;
    this.#episodes = environments.map(() => 0);
  }

  /** Begins a first episode in each. @returns their observations */
  reset(key: Key): readonly Observation[] {
    this.#key = { high: key.high, low: key.low };
    this.#episodes = this.#environments.map(() => 0);
    return this.#environments.map((environment, i) => this.#begin(environment, i));
  }

  /** @throws RangeError when there are not as many actions as environments, or one does not fit */
  step(actions: readonly Action[]): VectorStep<Observation> {
    if (actions.length !== this.count)
      throw new RangeError(`${this.name}: expected ${this.count} actions, got ${actions.length}`);
    const steps = this.#environments.map((environment, i) =>
      checkStep(environment, environment.step(actions[i]!)),
    );
    return {
      observations: steps.map(({ kind, observation }, i) => {
        if (kind === 'transition') return observation;
        this.#episodes[i]!++;
        return this.#begin(this.#environments[i]!, i);
      }),
      finals: steps.map(({ observation }) => observation),
      rewards: steps.map(({ reward }) => reward),
      kinds: steps.map(({ kind }) => kind),
    };
  }

  save(): Json {
    const { high, low } = this.#key;
    const environments = this.#environments.map((environment) => environment.save());
    return { key: { high, low }, episodes: [...this.#episodes], environments };
  }

  /** @throws RangeError when another number of environments was saved */
  restore(saved: Json): void {
    const { key, episodes, environments } = saved as unknown as VectorState;
    if (environments.length !== this.count)
      throw new RangeError(`${this.name}: expected ${this.count} environments, got ${environments.length}`);
    this.#key = key;
    this.#episodes = [...episodes];
    this.#environments.forEach((environment, i) => {
      environment.restore(environments[i]!);
    });
  }

  #begin(environment: Environment<Observation, Action>, i: number): Observation {
    const key = fold(fold(this.#key, i), this.#episodes[i]!);
    return checkRestart(environment, environment.reset(key)).observation;
  }
}

interface VectorState {
  readonly key: Key;
  readonly episodes: readonly number[];
  readonly environments: readonly Json[];
}

/**
 * `count` environments in step with each other.
 * @param make gives a new environment each time
 * @throws RangeError when `count` is not a whole number from 1
 */
export function vectorised<Observation, Action>(
  make: () => Environment<Observation, Action>,
  count: number,
): VectorEnvironment<Observation, Action> {
  wholeNumber('vectorised: count', count, 1);
  return new VectorEnvironment(Array.from({ length: count }, make));
}

/** Box observations of all environments as one row-major matrix, [count, size]. */
export function packed(spec: BoxSpec, observations: readonly (readonly number[])[]): Float32Array {
  const size = spec.low.length;
  const matrix = new Float32Array(observations.length * size);
  observations.forEach((observation, i) => {
    matrix.set(observation, i * size);
  });
  return matrix;
}
