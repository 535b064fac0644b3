import { expect, it } from 'vitest';
import { axesOf } from '../../../../../src/engine/onnx/trace/kernels/kernel.ts';

it('counts axes from the front, and takes none for all', () => {
  expect(axesOf(-1, [2, 3])).toEqual([1]);
  expect(axesOf([0, -1], [2, 3])).toEqual([0, 1]);
  expect(axesOf(null, [2, 3])).toEqual([0, 1]);
});
