import { wholeNumber } from '../../base/index.ts';
import { discountFor, type Environment, type Json } from '../environments/environment.ts';
import type { Experience } from '../streams/experience.ts';
import { TabularAgent, type TabularOptions } from './tabular-agent.ts';
import { nStepTarget } from './targets.ts';

/** Options of an agent that learns from n-step returns. */
export interface NStepOptions extends TabularOptions {
  /** Rewards in a target before it bootstraps, from 1. */
  readonly steps: number;
}

/**
 * SARSA: Q(s, a) moves by alpha towards reward + gamma * Q(s', a'), where a' is the action that is
 * taken next. Rummery and Niranjan, 1994; Sutton and Barto, 2nd ed., section 6.4. It is n-step
 * SARSA with one step.
 * @throws TypeError when observations or actions are not discrete, RangeError for an option against
 * its rule
 */
export function sarsa(environment: Environment<number, number>, options: TabularOptions): TabularAgent {
  return new NStepSarsa(environment, { ...options, steps: 1 }, 'sarsa');
}

/**
 * N-step SARSA: Q(s, a) moves by alpha towards r1 + gamma r2 + ... + gamma^(n-1) rn + gamma^n
 * Q(s_n, a_n), n steps later; at the end of an episode towards the rewards up to it. Sutton
 * and Barto, 2nd ed., section 7.2.
 * @throws TypeError when observations or actions are not discrete, RangeError for an option against
 * its rule
 */
export function nStepSarsa(environment: Environment<number, number>, options: NStepOptions): TabularAgent {
  return new NStepSarsa(environment, options, 'n-step-sarsa');
}

/** A step whose value has not been updated yet. */
interface Pending {
  readonly at: number;
  readonly reward: number;
}

class NStepSarsa extends TabularAgent {
  readonly name: string;
  readonly #steps: number;
  #pending: Pending[] = [];
  /** The action that the next step takes, chosen before the table is updated. */
  #next: number | null = null;

  constructor(environment: Environment<number, number>, options: NStepOptions, name: string) {
    super(environment, options);
    this.#steps = wholeNumber('steps', options.steps, 1);
    this.name = name;
  }

  override act(state: number, index: number): number {
    const action = this.#next ?? this.choose(state, index);
    this.#next = null;
    return action;
  }

  protected update(e: Experience<number, number>, alpha: number): void {
    this.#pending.push({ at: e.observation * this.actions + e.action, reward: e.reward });
    const next = this.choose(e.next, e.index + 1);
    const valueAfter = this.values[e.next * this.actions + next]!;
    if (e.kind === 'transition') {
      this.#next = next;
      if (this.#pending.length === this.#steps) this.#settle(valueAfter, this.gamma, alpha);
      return;
    }
    const last = discountFor(e.kind, 1);
    while (this.#pending.length > 0) this.#settle(last * valueAfter, this.gamma, alpha);
  }

  /** Updates the value of the oldest step. */
  #settle(valueAfter: number, gamma: number, alpha: number): void {
    const rewards = this.#pending.map(({ reward }) => reward);
    const discount = gamma ** rewards.length;
    const { at } = this.#pending.shift()!;
    this.move(this.values, at, nStepTarget(rewards, gamma, discount, valueAfter), alpha);
  }

  protected override saveMemory(): Json {
    return { next: this.#next, pending: this.#pending.map(({ at, reward }) => [at, reward]) };
  }

  protected override restoreMemory(memory: Json): void {
    const { next, pending } = memory as {
      readonly next: number | null;
      readonly pending: readonly (readonly [number, number])[];
    };
    this.#next = next;
    this.#pending = pending.map(([at, reward]) => ({ at, reward }));
  }
}
