import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { environmentLaws, timeLimit } from '../../../src/rl/index.ts';
import { counter } from './counter.ts';

describe('timeLimit', () => {
  for (const { rule, check } of environmentLaws(() => timeLimit(counter(), 4))) it(rule, check);

  it('cuts the episode off at the limit, and begins to count again', () => {
    const environment = timeLimit(counter(), 2);
    for (let episode = 0; episode < 2; episode++) {
      environment.reset(keyOf(episode));
      expect(environment.step(0).kind).toBe('transition');
      expect(environment.step(0).kind).toBe('truncation');
      expect(() => environment.step(0)).toThrow('got step() after the limit of 2');
    }
  });

  it('leaves an episode that ends at the limit by itself terminated', () => {
    const environment = timeLimit(counter(1), 1);
    environment.restore({ steps: 0, inner: { key: { high: 0, low: 0 }, steps: 0, state: 0 } });
    expect(environment.step(1).kind).toBe('termination');
  });

  it('needs at least one step', () => {
    expect(() => timeLimit(counter(), 0)).toThrow(
      new RangeError('timeLimit: limit: expected a whole number from 1, got 0'),
    );
  });
});
