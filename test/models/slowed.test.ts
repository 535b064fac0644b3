import { expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { slowed } from '../../src/models/index.ts';

it('multiplies the rate among inputs, and nothing else', () => {
  const inputs = { real: Value.of([1, 2]), rate: Value.scalar(0.5) };
  expect(slowed(inputs, 0.5)).toEqual({ ...inputs, rate: Value.scalar(0.25) });
  expect(slowed(inputs, 1)).toBe(inputs);
  const none = { real: Value.of([1, 2]) };
  expect(slowed(none, 0.5)).toBe(none);
});
