import { finiteNumber, positiveNumber } from '../../base/index.ts';
import type { Key } from '../../engine/index.ts';
import type { Environment, EnvironmentStep, Json, Restart } from './environment.ts';
import type { NormalisedOptions } from './normalised-observations.ts';
import { RunningMoments } from './running-moments.ts';
import { Wrapper } from './wrapper.ts';

/** Options of normalised rewards. */
export interface NormalisedRewardsOptions extends NormalisedOptions {
  /** Discount of the return whose deviation the rewards are divided by. @default 0.99 */
  readonly gamma?: number;
}

/**
 * Rewards over the running deviation of the discounted return, clipped, so that returns have about
 * unit variance; the mean stays. The moments are kept over all episodes and saved. Engstrom et al.,
 * "Implementation Matters in Deep Policy Gradients", https://arxiv.org/abs/2005.12729, section 3.
 */
export function normalisedRewards<Observation, Action>(
  inner: Environment<Observation, Action>,
  { gamma = 0.99, clip = 10 }: NormalisedRewardsOptions = {},
): Environment<Observation, Action> {
  finiteNumber('normalisedRewards: gamma', gamma, 0, 1);
  return new NormalisedRewards(inner, gamma, positiveNumber('normalisedRewards: clip', clip));
}

class NormalisedRewards<Observation, Action> extends Wrapper<Observation, Observation, Action> {
  readonly #gamma: number;
  readonly #clip: number;
  readonly #moments = new RunningMoments(1);
  #return = 0;

  constructor(inner: Environment<Observation, Action>, gamma: number, clip: number) {
    super(inner, inner.observation);
    this.#gamma = gamma;
    this.#clip = clip;
  }

  observe(observation: Observation): Observation {
    return observation;
  }

  override reset(key: Key): Restart<Observation> {
    this.#return = 0;
    return super.reset(key);
  }

  override step(action: Action): EnvironmentStep<Observation> {
    const { kind, reward, observation } = super.step(action);
    this.#return = this.#return * this.#gamma + reward;
    this.#moments.add([this.#return]);
    const scaled = reward / this.#moments.deviation(0);
    return { kind, reward: Math.min(Math.max(scaled, -this.#clip), this.#clip), observation };
  }

  override save(): Json {
    return { return: this.#return, moments: this.#moments.save(), inner: super.save() };
  }

  override restore(saved: Json): void {
    const state = saved as { readonly return: number; readonly moments: Json; readonly inner: Json };
    this.#return = state.return;
    this.#moments.restore(state.moments);
    super.restore(state.inner);
  }
}
