import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { kernels } from '../../../../../src/engine/onnx/trace/kernels/table.ts';

it('knows kernels of TensorFlow.js only', () => {
  const known = new Set<unknown>(Object.values(tf));
  expect(Object.keys(kernels).filter((name) => !known.has(name))).toEqual([]);
});
