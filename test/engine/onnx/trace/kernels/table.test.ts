import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { axesOf } from '../../../../../src/engine/onnx/trace/kernels/kernel.ts';
import { kernels } from '../../../../../src/engine/onnx/trace/kernels/table.ts';

it('knows kernels of TensorFlow.js only', () => {
  const known = new Set<unknown>(Object.values(tf));
  expect(Object.keys(kernels).filter((name) => !known.has(name))).toEqual([]);
});

it('is counted in the page of the engine', () => {
  const page = readFileSync(new URL('../../../../../docs/engine.md', import.meta.url), 'utf8');
  expect(page).toContain(`${Object.keys(kernels).length} kernels of TensorFlow.js`);
});

it('counts axes from the front, and takes none for all', () => {
  expect(axesOf(-1, [2, 3])).toEqual([1]);
  expect(axesOf([0, -1], [2, 3])).toEqual([0, 1]);
  expect(axesOf(null, [2, 3])).toEqual([0, 1]);
});
