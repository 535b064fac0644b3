import { describe, expect, it } from 'vitest';
import { fold, keyOf } from '../../../src/engine/index.ts';
import { type BoxSpec, cartPole, packed, timeLimit, vectorised } from '../../../src/rl/index.ts';
import { counter } from './counter.ts';

describe('vectorised', () => {
  it('resets what has ended within the step, and keeps the last observation', () => {
    const both = vectorised(() => timeLimit(counter(9), 2), 2);
    const key = keyOf(7);
    const first = both.reset(key);
    both.step([1, 0]);
    const { observations, finals, kinds, rewards } = both.step([1, 1]);
    expect(kinds).toEqual(['truncation', 'truncation']);
    expect(finals).toEqual([first[0]! + 2, first[1]! + 1]);
    expect(rewards).toEqual(finals);
    const expected = [0, 1].map((i) => counter(9).reset(fold(fold(key, i), 1)).observation);
    expect(observations).toEqual(expected);
  });

  it('is each environment alone, as long as none ends', () => {
    const poles = vectorised(() => cartPole(), 3);
    const alone = cartPole();
    poles.reset(keyOf(2));
    alone.reset(fold(fold(keyOf(2), 1), 0));
    for (const action of [0, 1, 1, 0]) {
      const { observations, finals } = poles.step([action, action, action]);
      const { observation } = alone.step(action);
      expect(observations[1]).toEqual(observation);
      expect(finals[1]).toEqual(observation);
    }
  });

  it('goes on exactly after a restore, over ends of episodes', () => {
    const make = () => vectorised(() => cartPole({ limit: 7 }), 2);
    const [one, other] = [make(), make()];
    one.reset(keyOf(5));
    const steps = (poles: typeof one) => Array.from({ length: 20 }, (_, i) => poles.step([i % 2, 1]));
    steps(one);
    other.restore(structuredClone(one.save()));
    expect(steps(other)).toEqual(steps(one));
  });

  it('packs observations into one matrix', () => {
    const poles = vectorised(() => cartPole(), 2);
    const observations = poles.reset(keyOf(1));
    expect([...packed(poles.observation as BoxSpec, observations)]).toEqual(observations.flat());
  });

  it('names a wrong number of environments, actions, and what was saved', () => {
    expect(() => vectorised(counter, 0)).toThrow('vectorised: count: expected a whole number from 1, got 0');
    const both = vectorised(counter, 2);
    both.reset(keyOf(1));
    expect(() => both.step([1])).toThrow('Counter-v0: expected 2 actions, got 1');
    expect(() => vectorised(counter, 3).restore(both.save())).toThrow('expected 3 environments, got 2');
  });
});
