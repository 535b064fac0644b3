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
import type { Scene } from './scene.ts';

/**
 * Cuts episodes off after `limit` steps: the transition at the limit becomes a truncation. An
 * episode that ends by itself at the limit is terminated, and only that.
 * @throws RangeError when `limit` is not a whole number from 1
 */
export function timeLimit<Observation, Action>(
  inner: Environment<Observation, Action>,
  limit: number,
): Environment<Observation, Action> {
  return new Limited(inner, wholeNumber('timeLimit: limit', limit, 1));
}

class Limited<Observation, Action> implements Environment<Observation, Action> {
  readonly name: string;
  readonly observation: Environment<Observation, Action>['observation'];
  readonly action: Environment<Observation, Action>['action'];
  readonly #inner: Environment<Observation, Action>;
  readonly #limit: number;
  #steps = 0;

  constructor(inner: Environment<Observation, Action>, limit: number) {
    this.name = inner.name;
    this.observation = inner.observation;
    this.action = inner.action;
    this.#inner = inner;
    this.#limit = limit;
  }

  reset(key: Key): Restart<Observation> {
    this.#steps = 0;
    return this.#inner.reset(key);
  }

  step(action: Action): EnvironmentStep<Observation> {
    if (this.#steps >= this.#limit)
      throw new EnvironmentContractError(this.name, afterTheEnd, `step() after the limit of ${this.#limit}`);
    const step = this.#inner.step(action);
    this.#steps++;
    return step.kind === 'transition' && this.#steps === this.#limit
      ? truncation(step.observation, step.reward)
      : step;
  }

  scene(): Scene | undefined {
    return this.#inner.scene?.();
  }

  save(): Json {
    return { steps: this.#steps, inner: this.#inner.save() };
  }

  restore(saved: Json): void {
    const { steps, inner } = saved as { readonly steps: number; readonly inner: Json };
    this.#steps = steps;
    this.#inner.restore(inner);
  }
}
