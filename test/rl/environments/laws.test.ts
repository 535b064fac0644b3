import { describe, expect, it } from 'vitest';
import * as rules from '../../../src/rl/environments/rules.ts';
import {
  type Environment,
  EnvironmentContractError,
  environmentLaws,
  restart,
  transition,
  truncation,
} from '../../../src/rl/index.ts';
import { counter } from './counter.ts';

type Toy = Environment<number, number>;

/** The rules that an environment breaks. */
function broken(make: () => Toy): string[] {
  return environmentLaws(make)
    .filter(({ check }) => {
      try {
        check();
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(EnvironmentContractError);
        return true;
      }
    })
    .map(({ rule }) => rule);
}

/** A counter of which a part is replaced. */
function spoilt(change: (toy: Toy) => Partial<Toy>): () => Toy {
  return () => {
    const toy = counter(4);
    const whole: Toy = {
      name: toy.name,
      observation: toy.observation,
      action: toy.action,
      reset: (key) => toy.reset(key),
      step: (action) => toy.step(action),
      save: () => toy.save(),
      restore: (saved) => toy.restore(saved),
    };
    return { ...whole, ...change(toy) };
  };
}

describe('environmentLaws', () => {
  it('finds nothing wrong with a good environment', () => {
    expect(broken(counter)).toEqual([]);
    expect(broken(spoilt(() => ({})))).toEqual([]);
  });

  it('finds a first step with a reward', () => {
    expect(
      broken(spoilt((toy) => ({ reset: (key) => ({ ...toy.reset(key), reward: 0 }) as never }))),
    ).toContain(rules.firstStep);
  });

  it('finds a reward that is no number, and an observation that does not fit', () => {
    const reward = spoilt((toy) => ({ step: (action) => ({ ...toy.step(action), reward: Number.NaN }) }));
    expect(broken(reward)).toEqual([rules.laterStep]);
    const observation = spoilt((toy) => ({ step: (action) => ({ ...toy.step(action), observation: 0.5 }) }));
    expect(broken(observation)).toEqual([rules.laterStep]);
  });

  it('finds an episode that goes on after its end', () => {
    const endless = (): Toy => ({
      ...spoilt(() => ({}))(),
      reset: () => restart(0),
      step: () => truncation(0, 0),
      save: () => 0,
      restore: () => {},
    });
    expect(broken(endless)).toContain(rules.afterTheEnd);
  });

  it('finds chance that no key decides', () => {
    let chance = 0;
    const random = spoilt((toy) => ({
      step: (action) => ({ ...toy.step(action), reward: ++chance }),
    }));
    expect(broken(random)).toContain(rules.sameKey);
  });

  it('finds a time step that is used again', () => {
    const step = { ...transition(0, 0) };
    const reusing = spoilt((toy) => ({ step: (action) => Object.assign(step, toy.step(action)) }));
    expect(broken(reusing)).toContain(rules.freshSteps);
  });

  it('finds a state that is not all saved, and one that is no JSON', () => {
    const forgetful = spoilt((toy) => {
      let total = 0;
      return {
        reset: (key) => {
          total = 0;
          return toy.reset(key);
        },
        step: (action) => ({ ...toy.step(action), reward: ++total }),
      };
    });
    expect(broken(forgetful)).toEqual([rules.exactRestore]);
    expect(broken(spoilt(() => ({ save: () => Number.NaN })))).toContain(rules.savedJson);
    expect(broken(spoilt(() => ({ save: () => [new Date(0)] as never })))).toContain(rules.savedJson);
  });

  it('finds a save that changes something', () => {
    const restless = spoilt((toy) => {
      let saves = 0;
      return {
        save: () => {
          saves++;
          return toy.save();
        },
        step: (action) => ({ ...toy.step(action), reward: saves }),
      };
    });
    expect(broken(restless)).toContain(rules.silentSave);
  });

  it('finds an environment that takes any action', () => {
    const careless = spoilt((toy) => ({
      step: (action) => toy.step(toy.action.includes(action) ? action : 0),
    }));
    expect(broken(careless)).toEqual([rules.refusesActions]);
  });
});
