import { expect, it } from 'vitest';
import { normalised } from '../../../src/rl/learning/normalised.ts';

it('has mean 0 and standard deviation 1', () => {
  expect([...normalised(Float32Array.of(10, 20, 30))]).toEqual([-1, 0, 1]);
});

it('is 0 where all are alike', () => {
  expect([...normalised(Float32Array.of(7, 7))]).toEqual([0, 0]);
  expect([...normalised(Float32Array.of(7))]).toEqual([0]);
});
