import { finiteNumber, positiveNumber } from '../../base/index.ts';
import type { Key } from '../../engine/index.ts';
import type { Environment, EnvironmentStep, Json, Restart, Spec } from './environment.ts';
import type { NormalisedOptions } from './normalised-observations.ts';
import { RunningMoments } from './running-moments.ts';
import type { Scene } from './scene.ts';

/** How rewards are normalised. */
export interface NormalisedRewardsOptions extends NormalisedOptions {
  /** Discount of the return whose deviation counts; 0.99 by default. */
  readonly gamma?: number;
}

/**
 * Rewards over the deviation so far of the discounted return, clipped, so that returns have about
 * unit variance; the mean stays. What was seen stays over all episodes, and is saved. Engstrom et
 * al., "Implementation Matters in Deep Policy Gradients", https://arxiv.org/abs/2005.12729, section
 * 3.
 */
export function normalisedRewards<Observation, Action>(
  inner: Environment<Observation, Action>,
  { gamma = 0.99, clip = 10 }: NormalisedRewardsOptions = {},
): Environment<Observation, Action> {
  finiteNumber('normalisedRewards: gamma', gamma, 0, 1);
  return new NormalisedRewards(inner, gamma, positiveNumber('normalisedRewards: clip', clip));
}

class NormalisedRewards<Observation, Action> implements Environment<Observation, Action> {
  readonly name: string;
  readonly observation: Spec<Observation>;
  readonly action: Spec<Action>;
  readonly #inner: Environment<Observation, Action>;
  readonly #gamma: number;
  readonly #clip: number;
  readonly #moments = new RunningMoments(1);
  #return = 0;

  constructor(inner: Environment<Observation, Action>, gamma: number, clip: number) {
    this.name = inner.name;
    this.observation = inner.observation;
    this.action = inner.action;
    this.#inner = inner;
    this.#gamma = gamma;
    this.#clip = clip;
  }

  reset(key: Key): Restart<Observation> {
    this.#return = 0;
    return this.#inner.reset(key);
  }

  step(action: Action): EnvironmentStep<Observation> {
    const { kind, reward, observation } = this.#inner.step(action);
    this.#return = this.#return * this.#gamma + reward;
    this.#moments.see([this.#return]);
    const scaled = reward / this.#moments.deviation(0);
    return { kind, reward: Math.min(Math.max(scaled, -this.#clip), this.#clip), observation };
  }

  scene(): Scene | undefined {
    return this.#inner.scene?.();
  }

  save(): Json {
    return { return: this.#return, moments: this.#moments.save(), inner: this.#inner.save() };
  }

  restore(saved: Json): void {
    const standing = saved as { readonly return: number; readonly moments: Json; readonly inner: Json };
    this.#return = standing.return;
    this.#moments.restore(standing.moments);
    this.#inner.restore(standing.inner);
  }
}
