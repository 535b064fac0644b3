import { describe, expect, it } from 'vitest';
import { nStepTransitions, type Rollout } from '../../../src/rl/index.ts';

/** Two environments of four steps; the first ends its episode with step 1, the second goes on. */
const rollout = (ends: 'terminated' | 'truncated'): Rollout => ({
  numEnvs: 2,
  before: Float32Array.of(0, 10, 1, 11, 2, 12, 3, 13),
  after: Float32Array.of(1, 11, 2, 12, 3, 13, 4, 14),
  actions: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
  rewards: Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40),
  discounts: Float32Array.of(1, 1, ends === 'terminated' ? 0 : 1, 1, 1, 1, 1, 1),
  continues: Float32Array.of(1, 1, 0, 1, 1, 1, 1, 1),
  episodes: [],
});

describe('transitions over several steps', () => {
  it('of one step are the rollout itself', () => {
    const given = rollout('terminated');
    expect(nStepTransitions({ steps: 1, gamma: 0.5 })(given)).toBe(given);
  });

  it('sum discounted rewards up to an end, up to three steps, or up to the end of the rollout', () => {
    const { rewards, discounts, after, before, actions } = nStepTransitions({ steps: 3, gamma: 0.5 })(
      rollout('terminated'),
    );
    expect([...rewards]).toEqual([2, 10 + 10 + 7.5, 2, 20 + 15 + 10, 5, 50, 4, 40]);
    // An update multiplies by gamma once more: gamma^k after k steps, 0 after a termination.
    expect([...discounts]).toEqual([0, 0.25, 0, 0.25, 0.5, 0.5, 1, 1]);
    expect([...after]).toEqual([2, 13, 2, 14, 4, 14, 4, 14]);
    expect([...before]).toEqual([...rollout('terminated').before]);
    expect([...actions]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('bootstrap after a truncation', () => {
    const { discounts, rewards } = nStepTransitions({ steps: 3, gamma: 0.5 })(rollout('truncated'));
    expect([...discounts.slice(0, 3)]).toEqual([0.5, 0.25, 1]);
    expect(rewards[0]).toBe(2);
  });

  it.each([
    [{ steps: 0, gamma: 1 }, 'replay: steps: expected a whole number from 1, got 0'],
    [{ steps: 2, gamma: 2 }, 'replay: gamma: expected a finite number from 0 to 1, got 2'],
  ])('refuse %j', (options, message) => {
    expect(() => nStepTransitions(options)).toThrow(new RangeError(message));
  });
});
