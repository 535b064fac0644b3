import { expect, it } from 'vitest';
import { importanceWeights } from '../../../src/rl/index.ts';

const probabilities = [1 / 2, 1 / 4, 1 / 4];

it('makes up for all of the preference with beta 1', () => {
  expect([...importanceWeights(probabilities, 4, 1)]).toEqual([0.5, 1, 1]);
});

it('makes up for half of it, or none', () => {
  expect(importanceWeights(probabilities, 4, 0.5)[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect([...importanceWeights(probabilities, 4, 0)]).toEqual([1, 1, 1]);
});

it('is the same for a memory of any size, since the largest is 1', () => {
  expect(importanceWeights(probabilities, 1000, 1)).toEqual(importanceWeights(probabilities, 4, 1));
});

it('refuses a beta above 1', () => {
  expect(() => importanceWeights(probabilities, 4, 2)).toThrow('importanceWeights: beta: expected');
});
