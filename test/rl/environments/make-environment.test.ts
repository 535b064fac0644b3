import { describe, expect, expectTypeOf, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import * as rules from '../../../src/rl/environments/rules.ts';
import {
  type Dynamics,
  discountAfter,
  discrete,
  type Environment,
  EnvironmentContractError,
  environmentLaws,
  makeEnvironment,
  restart,
  termination,
  transition,
  truncation,
} from '../../../src/rl/index.ts';
import { counter } from './counter.ts';

describe('makeEnvironment', () => {
  for (const { rule, check } of environmentLaws(counter)) it(rule, check);

  it('goes from the start to the end by its dynamics', () => {
    const environment = counter();
    environment.restore({ key: { high: 0, low: 0 }, steps: 0, state: 3 });
    expect(environment.step(0)).toEqual({ kind: 'transition', observation: 3, reward: 3 });
    expect(environment.step(1)).toEqual({ kind: 'transition', observation: 4, reward: 4 });
    expect(environment.step(1)).toEqual({ kind: 'termination', observation: 5, reward: 5 });
    expect(environment.save()).toBeNull();
  });

  it('draws other numbers at each step, and the same again after a restore', () => {
    const dice = () =>
      makeEnvironment<{ state: number; observation: number; action: number }>({
        name: 'Dice-v0',
        observation: discrete(1000),
        action: discrete(1),
        start: () => 0,
        move: (_, __, draws) => ({ state: draws.integer(1000), reward: 0, terminated: false }),
        observe: (state) => state,
      });
    const one = dice();
    one.reset(keyOf(4));
    one.step(0);
    const saved = one.save();
    const rest = [one.step(0), one.step(0), one.step(0)].map(({ observation }) => observation);
    expect(new Set(rest).size).toBe(3);
    const other = dice();
    other.restore(saved);
    expect([other.step(0), other.step(0), other.step(0)].map(({ observation }) => observation)).toEqual(rest);
  });

  it('names an action that does not fit, and a step outside of an episode', () => {
    const environment = counter();
    expect(() => environment.step(1)).toThrow(
      'Counter-v0: expected reset() before the first step() and after a termination or truncation, got step() outside of one',
    );
    environment.reset(keyOf(1));
    expect(() => environment.step(2)).toThrow(
      new RangeError('Counter-v0: action: expected a whole number from 0 to 1, got 2'),
    );
  });
});

describe('the types of dynamics', () => {
  /** Saved as JSON, and an interface. */
  interface Stock {
    readonly loaves: number;
    readonly days: readonly { readonly sold: number }[];
    readonly note?: string;
  }
  const rules: Dynamics<{ state: Stock; observation: number; action: number }> = {
    name: 'Bakery-v0',
    observation: discrete(4),
    action: discrete(2),
    start: () => ({ loaves: 1, days: [] }),
    move: ({ loaves, days }, baked) => ({
      state: { loaves: (loaves + baked) % 4, days: [...days, { sold: 1 }] },
      reward: 0,
      terminated: days.length === 9,
    }),
    observe: ({ loaves }) => loaves,
  };
  const bakery = () => makeEnvironment(rules);
  for (const { rule, check } of environmentLaws(bakery)) it(`take an interface for a state: ${rule}`, check);

  // What is expected from here on is checked by the compiler (`npm run check`), not when it runs.
  it('tell what the environment sees and takes', () => {
    expectTypeOf(bakery()).toEqualTypeOf<Environment<number, number>>();
  });

  it('refuse a state that JSON would not keep, and one name for another', () => {
    interface Dated {
      readonly since: Date;
    }
    // @ts-expect-error a date is not JSON
    expectTypeOf<Dynamics<{ state: Dated; observation: number; action: number }>>();
    // @ts-expect-error undefined is not JSON
    expectTypeOf<Dynamics<{ state: { x: number | undefined }; observation: number; action: number }>>();
    // @ts-expect-error the name is `observation`
    expectTypeOf<Dynamics<{ state: number; observations: number; action: number }>>();
  });
});

it('names the environment, the rule and what was done', () => {
  const error = new EnvironmentContractError('Toy-v0', 'expected a reward that is a finite number', 'NaN');
  expect(error).toMatchObject({ code: 'ENVIRONMENT_CONTRACT', kind: 'input' });
  expect(error.message).toBe('Toy-v0: expected a reward that is a finite number, got NaN');
});

it('states every rule as what is expected, and none twice', () => {
  const texts = Object.values(rules);
  expect(texts.every((text) => text.startsWith('expected '))).toBe(true);
  expect(new Set(texts).size).toBe(texts.length);
});

describe('time steps', () => {
  it('say what they are', () => {
    expect(restart([1])).toEqual({ kind: 'restart', observation: [1] });
    expect(transition([1], -1)).toEqual({ kind: 'transition', observation: [1], reward: -1 });
    expect(termination(3, 20)).toEqual({ kind: 'termination', observation: 3, reward: 20 });
    expect(truncation(3, 0)).toEqual({ kind: 'truncation', observation: 3, reward: 0 });
  });

  it('count what follows, but for a termination', () => {
    expect(discountAfter(transition(0, 1), 0.9)).toBe(0.9);
    expect(discountAfter(truncation(0, 1), 0.9)).toBe(0.9);
    expect(discountAfter(termination(0, 1), 0.9)).toBe(0);
  });
});
