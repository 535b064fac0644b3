import { expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { Draws } from '../../../src/rl/environments/draws.ts';

it('draws the same at the same step of the same episode, whatever was drawn before', () => {
  const [draws, others] = [new Draws(), new Draws()];
  const first = draws.at(keyOf(1), 5).uniform();
  others.at(keyOf(2), 7).uniform();
  expect(others.at(keyOf(1), 5).uniform()).toBe(first);
  expect(others.uniform()).not.toBe(first);
  expect(draws.at(keyOf(1), 6).uniform()).not.toBe(first);
});

it('draws evenly between its bounds', () => {
  const draws = new Draws().at(keyOf(3), 0);
  const values = Array.from({ length: 4000 }, () => draws.uniform(2, 4));
  expect(values.reduce((sum, value) => sum + value) / 4000).toBeCloseTo(3, 1);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...values)).toBeLessThan(4);
  const counts = [0, 0, 0];
  for (let i = 0; i < 3000; i++) counts[draws.integer(3)]!++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
