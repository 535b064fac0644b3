import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { environmentLaws, normalisedRewards, pendulum } from '../../../src/rl/index.ts';

describe('normalisedRewards', () => {
  const make = () => normalisedRewards(pendulum());
  for (const { rule, check } of environmentLaws(make, { adaptive: true })) it(rule, check);

  it('keeps the order and the sign of rewards, and brings returns to about unit deviation', () => {
    const [plain, scaled] = [pendulum(), normalisedRewards(pendulum(), { gamma: 0.9 })];
    const returns: number[] = [];
    for (let episode = 0; episode < 30; episode++) {
      plain.reset(keyOf(episode));
      scaled.reset(keyOf(episode));
      let sum = 0;
      for (let i = 0; i < 200; i++) {
        const [one, other] = [plain.step([1]), scaled.step([1])];
        expect(other.observation).toEqual(one.observation);
        expect(Math.sign(other.reward)).toBe(Math.sign(one.reward));
        sum = 0.9 * sum + other.reward;
        if (episode >= 15) returns.push(sum);
      }
    }
    const mean = returns.reduce((total, value) => total + value, 0) / returns.length;
    const variance = returns.reduce((total, value) => total + (value - mean) ** 2, 0) / returns.length;
    expect(Math.abs(Math.sqrt(variance) - 1)).toBeLessThan(0.35);
  });

  it('refuses a discount above 1', () => {
    expect(() => normalisedRewards(pendulum(), { gamma: 2 })).toThrow(
      new RangeError('normalisedRewards: gamma: expected a finite number from 0 to 1, got 2'),
    );
  });
});
