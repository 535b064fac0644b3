import type { Key } from '../../engine/index.ts';
import type { BoxSpec, Environment, EnvironmentStep, Json, Restart, Spec } from './environment.ts';
import type { Scene } from './scene.ts';
import { box } from './specs.ts';

/**
 * Observations from -1 to 1: each number less the middle of its bounds, over half their distance. A
 * number without two finite bounds stays as it is. All inputs of a network then have a similar
 * range: the speed of the mountain car is at most 0.07.
 * @throws TypeError when the observation is no box
 */
export function scaledObservations<Action>(
  inner: Environment<readonly number[], Action>,
): Environment<readonly number[], Action> {
  return new Scaled(inner);
}

class Scaled<Action> implements Environment<readonly number[], Action> {
  readonly name: string;
  readonly observation: Spec<readonly number[]>;
  readonly action: Spec<Action>;
  readonly #inner: Environment<readonly number[], Action>;
  readonly #middles: readonly number[];
  readonly #halves: readonly number[];

  constructor(inner: Environment<readonly number[], Action>) {
    const { kind, low, high, rule } = inner.observation as BoxSpec;
    if (kind !== 'box')
      throw new TypeError(
        `scaledObservations: expected an environment with a box, got ${inner.name}, whose observation is ${rule}`,
      );
    const bounded = low.map((from, i) => Number.isFinite(high[i]! - from) && high[i]! > from);
    this.#middles = low.map((from, i) => (bounded[i] ? (from + high[i]!) / 2 : 0));
    this.#halves = low.map((from, i) => (bounded[i] ? (high[i]! - from) / 2 : 1));
    this.name = inner.name;
    this.observation = box(this.#scale(low), this.#scale(high));
    this.action = inner.action;
    this.#inner = inner;
  }

  reset(key: Key): Restart<readonly number[]> {
    const { kind, observation } = this.#inner.reset(key);
    return { kind, observation: this.#scale(observation) };
  }

  step(action: Action): EnvironmentStep<readonly number[]> {
    const { kind, reward, observation } = this.#inner.step(action);
    return { kind, reward, observation: this.#scale(observation) };
  }

  #scale(numbers: readonly number[]): readonly number[] {
    return numbers.map((number, i) => Math.fround((number - this.#middles[i]!) / this.#halves[i]!));
  }

  scene(): Scene | undefined {
    return this.#inner.scene?.();
  }

  save(): Json {
    return this.#inner.save();
  }

  restore(saved: Json): void {
    this.#inner.restore(saved);
  }
}
