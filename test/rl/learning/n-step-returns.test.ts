import { describe, expect, it } from 'vitest';
import { type Course, nStepReturns } from '../../../src/rl/index.ts';

const course: Course = {
  numEnvs: 1,
  rewards: [1, 2, 4],
  discounts: [0.5, 0.5, 0.5],
  continues: [1, 1, 1],
  valuesAfter: [10, 20, 40],
};

describe('n-step returns', () => {
  it('take n rewards and then the estimate', () => {
    expect([...nStepReturns(course, 1)]).toEqual([6, 12, 24]);
    expect([...nStepReturns(course, 2)]).toEqual([1 + 1 + 5, 2 + 2 + 10, 24]);
    expect([...nStepReturns(course, Infinity)]).toEqual([1 + 1 + 1 + 5, 14, 24]);
  });

  it('take nothing beyond a termination', () => {
    const ended = { ...course, discounts: [0.5, 0, 0.5], continues: [1, 0, 1] };
    expect([...nStepReturns(ended, Infinity)]).toEqual([2, 2, 24]);
  });

  it('take the estimate at a truncation', () => {
    const cut = { ...course, continues: [1, 0, 1] };
    expect([...nStepReturns(cut, Infinity)]).toEqual([1 + 0.5 * (2 + 10), 12, 24]);
  });

  it('keep the environments apart', () => {
    const two: Course = {
      numEnvs: 2,
      rewards: [1, 0, 2, 0, 4, 0],
      discounts: new Array(6).fill(0.5),
      continues: new Array(6).fill(1),
      valuesAfter: [10, 0, 20, 0, 40, 8],
    };
    expect([...nStepReturns(two, 2)]).toEqual([7, 0, 14, 2, 24, 4]);
  });

  it('refuse lists of different length, and an n of 0', () => {
    expect(() => nStepReturns({ ...course, rewards: [1] }, 1)).toThrow(
      'nStepReturns: expected rewards, discounts, continues, valuesAfter of one length, got 1, 3, 3, 3',
    );
    expect(() => nStepReturns(course, 0)).toThrow('nStepReturns: n: expected a whole number from 1, got 0');
  });
});
