import { expect, it } from 'vitest';
import { type Program, Value } from '../../src/engine/index.ts';
import { withRateFactor } from '../../src/models/index.ts';

const program: Program = {
  name: 'own/critic',
  learningRate: 'alpha',
  run: (state) => ({ state, outputs: {} }),
};

it('multiplies the input that the program names as its learning rate, and no other', () => {
  const inputs = { rate: Value.scalar(3), alpha: Value.scalar(0.5) };
  expect(withRateFactor(program, inputs, 0.5)).toEqual({ ...inputs, alpha: Value.scalar(0.25) });
  expect(withRateFactor(program, inputs, 1)).toBe(inputs);
  const { learningRate: _, ...fixed } = program;
  expect(withRateFactor(fixed, inputs, 0.5)).toBe(inputs);
});
