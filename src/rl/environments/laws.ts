import { isDeepStrictEqual } from 'node:util';
import { show } from '../../base/index.ts';
import { fold, type Key, keyOf } from '../../engine/index.ts';
import { checkRestart, checkStep } from './check-step.ts';
import type { Environment, TimeStep } from './environment.ts';
import { EnvironmentContractError } from './errors.ts';
import * as rules from './rules.ts';

/** One rule of the contract, and how to find out whether an environment keeps it. */
export interface EnvironmentLaw {
  /** The rule in words: the name of the test. */
  readonly rule: string;
  /** @throws EnvironmentContractError when the environment breaks the rule */
  check(): void;
}

/** How thoroughly the laws are checked. */
export interface LawOptions {
  /** Steps of each random episode that is tried; 200 by default. */
  readonly steps?: number;
  /** Random episodes that are tried; 3 by default. */
  readonly episodes?: number;
  /**
   * Whether past episodes may change what is seen of later ones, as a running normalisation does;
   * false by default.
   */
  readonly adaptive?: boolean;
}

/**
 * The contract of environments as tests, for any test runner. In Vitest:
 *
 *     describe('my environment', () => {
 *       for (const { rule, check } of environmentLaws(() => myEnvironment())) it(rule, check);
 *     });
 *
 * @param make gives a new environment each time
 */
export function environmentLaws<Observation, Action>(
  make: () => Environment<Observation, Action>,
  { steps = 200, episodes = 3, adaptive = false }: LawOptions = {},
): readonly EnvironmentLaw[] {
  const trial = new Trial(make, steps);
  const keys = Array.from({ length: episodes }, (_, i) => keyOf(i, 'laws'));
  const everyKey = (check: (key: Key) => void) => () => keys.forEach(check);
  return [
    { rule: rules.firstStep, check: everyKey((key) => trial.restarts(key)) },
    { rule: rules.laterStep, check: everyKey((key) => trial.steps(key)) },
    { rule: rules.afterTheEnd, check: everyKey((key) => trial.ends(key)) },
    { rule: rules.sameKey, check: everyKey((key) => trial.repeats(key, adaptive)) },
    { rule: rules.freshSteps, check: everyKey((key) => trial.keepsSteps(key)) },
    { rule: rules.savedJson, check: everyKey((key) => trial.savesJson(key)) },
    { rule: rules.silentSave, check: everyKey((key) => trial.savesSilently(key)) },
    { rule: rules.exactRestore, check: everyKey((key) => trial.restores(key)) },
    { rule: rules.refusesActions, check: () => trial.refuses(keys[0]!) },
  ];
}

/** Random episodes of an environment. */
class Trial<Observation, Action> {
  readonly #make: () => Environment<Observation, Action>;
  readonly #steps: number;

  constructor(make: () => Environment<Observation, Action>, steps: number) {
    this.#make = make;
    this.#steps = steps;
  }

  restarts(key: Key): void {
    const environment = this.#make();
    checkRestart(environment, environment.reset(key));
  }

  steps(key: Key): void {
    const environment = this.#make();
    environment.reset(key);
    for (const step of this.#onwards(environment, key, 0))
      checkStep(environment, step as Parameters<typeof checkStep<Observation>>[1]);
  }

  ends(key: Key): void {
    const environment = this.#make();
    const action = environment.action.sample(key);
    this.#mustThrow(environment, rules.afterTheEnd, () => environment.step(action));
    const episode = this.#episode(environment, key);
    if (!isLast(episode.at(-1)!)) return;
    this.#mustThrow(environment, rules.afterTheEnd, () => environment.step(action));
    checkRestart(environment, environment.reset(key));
  }

  repeats(key: Key, adaptive: boolean): void {
    const environment = this.#make();
    const first = this.#episode(environment, key);
    if (!adaptive) this.#mustEqual(environment, rules.sameKey, first, this.#episode(environment, key));
    this.#mustEqual(environment, rules.sameKey, first, this.#episode(this.#make(), key));
  }

  keepsSteps(key: Key): void {
    const environment = this.#make();
    const held: unknown[] = [environment.reset(key)];
    const copies: unknown[] = [structuredClone(held[0])];
    for (const step of this.#onwards(environment, key, 0)) {
      held.push(step);
      copies.push(structuredClone(step));
    }
    this.#mustEqual(environment, rules.freshSteps, copies, held);
  }

  savesJson(key: Key): void {
    const environment = this.#make();
    environment.reset(key);
    for (const _ of this.#onwards(environment, key, 0)) {
      const saved = environment.save();
      if (!isJson(saved)) throw new EnvironmentContractError(environment.name, rules.savedJson, show(saved));
    }
  }

  savesSilently(key: Key): void {
    const [saved, unsaved] = [this.#make(), this.#make()];
    const expected = this.#episode(unsaved, key);
    const got: unknown[] = [saved.reset(key)];
    saved.save();
    for (const step of this.#onwards(saved, key, 0)) {
      got.push(step);
      saved.save();
    }
    this.#mustEqual(saved, rules.silentSave, expected, got);
  }

  /** Saves after 0, 1, 2, 4, 8, ... steps, and compares all the rest of the episode. */
  restores(key: Key): void {
    const whole = this.#episode(this.#make(), key);
    for (let done = 0; done < whole.length; done = done === 0 ? 1 : 2 * done) {
      const environment = this.#make();
      environment.reset(key);
      for (let i = 0; i < done; i++) environment.step(this.#action(environment, key, i));
      const other = this.#make();
      other.restore(structuredClone(environment.save()));
      const rest = [...this.#rest(other, key, done, whole)];
      this.#mustEqual(environment, rules.exactRestore, whole.slice(done + 1), rest);
    }
  }

  refuses(key: Key): void {
    const environment = this.#make();
    environment.reset(key);
    const { action } = environment;
    const wrong = 'size' in action ? action.size : [];
    for (const value of [wrong, Number.NaN, undefined])
      this.#mustThrow(environment, rules.refusesActions, () => environment.step(value as Action));
  }

  #action(environment: Environment<Observation, Action>, key: Key, step: number): Action {
    return environment.action.sample(fold(key, step));
  }

  #episode(environment: Environment<Observation, Action>, key: Key): TimeStep<Observation>[] {
    return [environment.reset(key), ...this.#onwards(environment, key, 0)];
  }

  *#onwards(
    environment: Environment<Observation, Action>,
    key: Key,
    from: number,
  ): Generator<TimeStep<Observation>> {
    for (let i = from; i < this.#steps; i++) {
      const step = environment.step(this.#action(environment, key, i));
      yield step;
      if (isLast(step)) return;
    }
  }

  /** What is left of an episode of which `done` steps are done; nothing where it is over. */
  *#rest(
    environment: Environment<Observation, Action>,
    key: Key,
    done: number,
    whole: readonly TimeStep<Observation>[],
  ): Generator<TimeStep<Observation>> {
    if (done + 1 < whole.length) yield* this.#onwards(environment, key, done);
  }

  #mustThrow({ name }: { readonly name: string }, rule: string, action: () => unknown): void {
    let answer: unknown;
    try {
      answer = action();
    } catch {
      return;
    }
    throw new EnvironmentContractError(name, rule, `the answer ${JSON.stringify(answer) ?? show(answer)}`);
  }

  #mustEqual({ name }: { readonly name: string }, rule: string, expected: unknown, got: unknown): void {
    if (isDeepStrictEqual(expected, got)) return;
    const texts = [expected, got].map((value) => JSON.stringify(value) ?? String(value));
    let at = 0;
    while (at < texts[0]!.length && texts[0]![at] === texts[1]![at]) at++;
    const [wanted, given] = texts.map((text) => text.slice(Math.max(0, at - 30), at + 60));
    throw new EnvironmentContractError(name, rule, `"${given}" where "${wanted}" was due`);
  }
}

function isLast({ kind }: TimeStep<unknown>): boolean {
  return kind === 'termination' || kind === 'truncation';
}

/** Whether a checkpoint takes the value and gives it back as it was. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null)
    return value === null || /^(?:boolean|string)$/.test(typeof value);
  if (Array.isArray(value)) return value.every(isJson);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
}
