import { expect, it } from 'vitest';
import { oihw, permuted } from '../../../../src/engine/onnx/layout/order.ts';
import { inverse, permuteData } from '../../../../src/engine/onnx/layout/permute-data.ts';

it('moves the elements of a matrix like a transposition', () =>
  expect(permuteData(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 0])).toEqual(
    Int32Array.of(1, 4, 2, 5, 3, 6),
  ));

it('copies what stays where it is', () => {
  const data = Float32Array.of(1, 2);
  expect(permuteData(data, [2], [0])).toEqual(data);
  expect(permuteData(data, [2], [0])).not.toBe(data);
});

it('gives back what it was given when undone', () => {
  const shape = [2, 3, 4, 5];
  const data = Float32Array.from({ length: 120 }, (_, i) => i);
  const there = permuteData(data, shape, oihw);
  expect(there).not.toEqual(data);
  expect(permuteData(there, permuted(shape, oihw), inverse(oihw))).toEqual(data);
});
