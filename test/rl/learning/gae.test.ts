import { describe, expect, it } from 'vitest';
import { type Course, gae } from '../../../src/rl/index.ts';
import { normalised } from '../../../src/rl/learning/normalised.ts';

/** Three steps of one environment, gamma 1/2. */
const course: Course = {
  numEnvs: 1,
  rewards: [1, 1, 1],
  discounts: [0.5, 0.5, 0.5],
  continues: [1, 1, 1],
  valuesAfter: [1, 2, 4],
};
const before = [0, 1, 2];

describe('generalised advantage estimation', () => {
  it('adds up the errors that follow, each a quarter of the one before', () => {
    // Errors 1.5, 1, 1.
    expect([...gae(course, before, 0.5)]).toEqual([1.8125, 1.25, 1]);
  });

  it('is the error of the step alone with lambda 0, and the return less the estimate with lambda 1', () => {
    expect([...gae(course, before, 0)]).toEqual([1.5, 1, 1]);
    expect([...gae(course, before, 1)]).toEqual([1 + 0.5 + 0.25 + 0.5 - 0, 1 + 0.5 + 1 - 1, 1]);
  });

  it('ends at a termination, which nothing follows', () => {
    const ended = { ...course, discounts: [0.5, 0, 0.5], continues: [1, 0, 1] };
    expect([...gae(ended, before, 0.5)]).toEqual([1.5, 0, 1]);
  });

  it('ends at a truncation too, whose own error bootstraps', () => {
    const cut = { ...course, continues: [1, 0, 1] };
    expect([...gae(cut, before, 0.5)]).toEqual([1.75, 1, 1]);
  });

  it('keeps the environments apart', () => {
    const twice = <T>(list: ArrayLike<T>) => Array.from(list).flatMap((one) => [one, one]);
    const { numEnvs: _, ...lists } = course;
    const both = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, twice(list)]));
    const rewards = [1, 0, 1, 0, 1, 0];
    const together = gae({ ...(both as unknown as Course), numEnvs: 2, rewards }, twice(before), 0.5);
    expect([...together].filter((_, i) => i % 2 === 0)).toEqual([1.8125, 1.25, 1]);
    expect([...together].filter((_, i) => i % 2 === 1)).toEqual([0.5, 0, 0]);
  });

  it('refuses lists of different length, and a lambda above 1', () => {
    expect(() => gae(course, [0], 0.5)).toThrow(
      'gae: expected rewards, discounts, continues, valuesAfter, valuesBefore of one length, got 3, 3, 3, 3, 1',
    );
    expect(() => gae(course, before, 1.5)).toThrow(
      'gae: lambda: expected a finite number from 0 to 1, got 1.5',
    );
  });
});

describe('normalised', () => {
  it('has mean 0 and standard deviation 1', () => {
    expect([...normalised(Float32Array.of(10, 20, 30))]).toEqual([-1, 0, 1]);
  });

  it('is 0 where all are alike', () => {
    expect([...normalised(Float32Array.of(7, 7))]).toEqual([0, 0]);
    expect([...normalised(Float32Array.of(7))]).toEqual([0]);
  });
});
