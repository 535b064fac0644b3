import { positiveNumber } from '../../base/index.ts';
import type { Key } from '../../engine/index.ts';
import type { Environment, EnvironmentStep, Json, Restart, Spec } from './environment.ts';
import { RunningMoments } from './running-moments.ts';
import type { Scene } from './scene.ts';
import { box } from './specs.ts';

/** How far a normalised number may be from 0. */
export interface NormalisedOptions {
  /** 10 by default. */
  readonly clip?: number;
}

/**
 * Observations less their mean so far, over their deviation so far, clipped. What was seen stays
 * over all episodes, and is saved; so the same key gives the same episode only after the same past.
 */
export function normalisedObservations<Action>(
  inner: Environment<readonly number[], Action>,
  { clip = 10 }: NormalisedOptions = {},
): Environment<readonly number[], Action> {
  return new NormalisedObservations(inner, positiveNumber('normalisedObservations: clip', clip));
}

class NormalisedObservations<Action> implements Environment<readonly number[], Action> {
  readonly name: string;
  readonly observation: Spec<readonly number[]>;
  readonly action: Spec<Action>;
  readonly #inner: Environment<readonly number[], Action>;
  readonly #clip: number;
  readonly #moments: RunningMoments;

  constructor(inner: Environment<readonly number[], Action>, clip: number) {
    const [size] = inner.observation.shape;
    if (size === undefined)
      throw new TypeError(
        `normalisedObservations: expected an environment with a box, got ${inner.name}, whose observation is ${inner.observation.rule}`,
      );
    this.name = inner.name;
    this.observation = box(Array(size).fill(-clip), Array(size).fill(clip));
    this.action = inner.action;
    this.#inner = inner;
    this.#clip = clip;
    this.#moments = new RunningMoments(size);
  }

  reset(key: Key): Restart<readonly number[]> {
    const { kind, observation } = this.#inner.reset(key);
    return { kind, observation: this.#normalise(observation) };
  }

  step(action: Action): EnvironmentStep<readonly number[]> {
    const { kind, reward, observation } = this.#inner.step(action);
    return { kind, reward, observation: this.#normalise(observation) };
  }

  #normalise(observation: readonly number[]): readonly number[] {
    this.#moments.see(observation);
    return observation.map((number, i) => {
      const score = (number - this.#moments.mean(i)) / this.#moments.deviation(i);
      return Math.fround(Math.min(Math.max(score, -this.#clip), this.#clip));
    });
  }

  scene(): Scene | undefined {
    return this.#inner.scene?.();
  }

  save(): Json {
    return { moments: this.#moments.save(), inner: this.#inner.save() };
  }

  restore(saved: Json): void {
    const { moments, inner } = saved as { readonly moments: Json; readonly inner: Json };
    this.#moments.restore(moments);
    this.#inner.restore(inner);
  }
}
