import { expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { reconstructionError } from '../../src/evaluation/reconstruction-error.ts';

it('reconstructionError is the mean squared difference by element, of any shape', () => {
  const a = Value.of([0, 1, 2, 3], [2, 2, 1]);
  const b = Value.of([0, 1, 2, 5], [2, 2, 1]);
  expect(reconstructionError(a, b)).toBe(1);
  expect(() => reconstructionError(a, Value.of([1, 2], [1, 2]))).toThrow('expected 2 reconstructions, got 1');
});
