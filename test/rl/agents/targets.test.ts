import { describe, expect, it } from 'vitest';
import {
  doubleQLearningTarget,
  expectedSarsaTarget,
  nStepTarget,
  qLearningTarget,
  sarsaTarget,
} from '../../../src/rl/index.ts';

/** Two states with three actions. */
const values = Float32Array.of(9, 9, 9, 1, 3, 2);
const other = Float32Array.of(0, 0, 0, 10, 20, 40);

describe('targets', () => {
  it('of Q-learning take the best that follows', () => {
    expect(qLearningTarget(-1, 0.5, values, 3, 3)).toBe(0.5);
    expect(qLearningTarget(-1, 0, values, 3, 3)).toBe(-1);
  });

  it('of SARSA take what follows', () => {
    expect(sarsaTarget(-1, 0.5, 2)).toBe(0);
  });

  it('of expected SARSA take the mean', () => {
    expect(expectedSarsaTarget(1, 0.5, values, 3, [0.5, 0.25, 0.25])).toBe(1 + 0.5 * 1.75);
  });

  it('of double Q-learning let one table choose and the other judge', () => {
    expect(doubleQLearningTarget(1, 0.5, values, other, 3, 3)).toBe(1 + 0.5 * 20);
    expect(doubleQLearningTarget(1, 0.5, other, values, 3, 3)).toBe(1 + 0.5 * 2);
    // The third of three states with two actions.
    expect(doubleQLearningTarget(1, 0.5, other, values, 4, 2)).toBe(1 + 0.5 * 2);
  });

  it('of n steps add up the rewards, each discounted once more', () => {
    expect(nStepTarget([1, 2, 4], 0.5, 0.125, 16)).toBe(1 + 1 + 1 + 2);
    expect(nStepTarget([3], 0.5, 0, 16)).toBe(3);
  });
});
