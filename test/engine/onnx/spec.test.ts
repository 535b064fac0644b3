import { expect, it } from 'vitest';
import { mapTree, Value } from '../../../src/engine/index.ts';
import { TensorSpec } from '../../../src/engine/onnx/spec.ts';

it('is a leaf of trees that knows shape and type only', () => {
  const specs = mapTree({ a: { b: Value.filled([2, 3], 1) } }, (value) => new TensorSpec(value));
  expect(specs).toEqual({ a: { b: new TensorSpec({ dtype: 'float32', shape: [2, 3] }) } });
  expect(mapTree(specs, ({ shape }) => shape.length)).toEqual({ a: { b: 2 } });
});
