import { expect, it } from 'vitest';
import { add, filled, mul, parameter } from '../../../src/engine/onnx/build.ts';
import { compile } from '../../../src/engine/onnx/compile.ts';

it('turns a graph into a model that takes only what its results depend on', () => {
  const x = parameter('input/x', [2, 2], 'float32');
  const unused = parameter('input/unused', [2, 2], 'float32');
  const model = compile('double', new Map([['output/y', add(add(x, x), mul(unused, filled(0)))]]));
  expect(model.inputs).toEqual([{ name: 'input/x', shape: [2, 2], dtype: 'float32' }]);
  expect(model.outputs).toEqual([{ name: 'next/output/y', shape: [2, 2], dtype: 'float32' }]);
  expect(model.operations).toBe(2);
});
