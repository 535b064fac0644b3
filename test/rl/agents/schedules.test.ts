import { expect, it } from 'vitest';
import { scheduled } from '../../../src/rl/agents/schedules.ts';
import { exponential, linear } from '../../../src/rl/index.ts';

it('is linear from one number to another, and constant afterwards', () => {
  const at = linear(1, 0.2, 100, 50);
  expect([0, 50, 100, 150, 1e9].map(at)).toEqual([1, 1, 0.6, 0.2, 0.2]);
});

it('halves the distance with every half-life', () => {
  const at = exponential(1, 0, 10);
  expect([0, 10, 20, 30].map(at)).toEqual([1, 0.5, 0.25, 0.125]);
});

it('takes a number as a constant schedule, and refuses one out of bounds', () => {
  expect(scheduled('rate', 0.3)(7)).toBe(0.3);
  expect(() => scheduled('rate', 1.5, 0, 1)).toThrow(
    new RangeError('rate: expected a finite number from 0 to 1, got 1.5'),
  );
  expect(() => linear(0, Number.NaN, 1)).toThrow('linear: to: expected a finite number, got NaN');
  expect(() => linear(0, 1, 0)).toThrow('linear: steps: expected a whole number from 1, got 0');
  expect(() => exponential(0, 1, 0)).toThrow('halfLife: expected a finite number above 0, got 0');
});
