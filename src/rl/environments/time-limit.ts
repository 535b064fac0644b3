import { wholeNumber } from '../../base/index.ts';
import type { Key } from '../../engine/index.ts';
import {
  type Environment,
  type EnvironmentStep,
  type Json,
  type Restart,
  truncation,
} from './environment.ts';
import { EnvironmentContractError } from './errors.ts';
import { afterTheEnd } from './rules.ts';
import { Wrapper } from './wrapper.ts';

/**
 * Truncates episodes after `limit` steps: the transition at the limit becomes a truncation. An
 * episode that terminates at the limit is terminated, and only that.
 * @throws RangeError when `limit` is not a whole number from 1
 */
export function timeLimit<Observation, Action>(
  inner: Environment<Observation, Action>,
  limit: number,
): Environment<Observation, Action> {
  return new TimeLimit(inner, wholeNumber('timeLimit: limit', limit, 1));
}

class TimeLimit<Observation, Action> extends Wrapper<Observation, Observation, Action> {
  readonly #limit: number;
  #steps = 0;

  constructor(inner: Environment<Observation, Action>, limit: number) {
    super(inner, inner.observation);
    this.#limit = limit;
  }

  observe(observation: Observation): Observation {
    return observation;
  }

  override reset(key: Key): Restart<Observation> {
    this.#steps = 0;
    return this.inner.reset(key);
  }

  override step(action: Action): EnvironmentStep<Observation> {
    if (this.#steps >= this.#limit)
      throw new EnvironmentContractError(this.name, afterTheEnd, `step() after the limit of ${this.#limit}`);
    const step = this.inner.step(action);
    this.#steps++;
    return step.kind === 'transition' && this.#steps === this.#limit
      ? truncation(step.observation, step.reward)
      : step;
  }

  override save(): Json {
    return { steps: this.#steps, inner: super.save() };
  }

  override restore(saved: Json): void {
    const { steps, inner } = saved as { readonly steps: number; readonly inner: Json };
    this.#steps = steps;
    super.restore(inner);
  }
}
