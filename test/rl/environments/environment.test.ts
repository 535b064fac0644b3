import { describe, expect, it } from 'vitest';
import { discountAfter, restart, termination, transition, truncation } from '../../../src/rl/index.ts';

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
