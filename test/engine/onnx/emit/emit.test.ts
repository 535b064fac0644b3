import * as ort from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { add, filled, mul, parameter } from '../../../../src/engine/onnx/build.ts';
import { emit } from '../../../../src/engine/onnx/emit/emit.ts';

it('writes a graph with its parameters and results under their names', async () => {
  const x = parameter('input/x', [2], 'float32');
  const square = mul(x, x);
  const graph = new Map([
    ['state/a', add(square, filled(1))],
    ['output/b', square],
    ['output/c', x],
    ['output/d', filled(3, [2])],
  ]);
  const model = emit('test', graph);
  expect(model.outputs.map(({ name }) => name)).toEqual([
    'next/state/a',
    'next/output/b',
    'next/output/c',
    'next/output/d',
  ]);
  const session = await ort.InferenceSession.create(model.bytes);
  const results = await session.run({ 'input/x': new ort.Tensor('float32', Float32Array.of(2, 3), [2]) });
  expect(model.outputs.map(({ name }) => [...(results[name]!.data as Float32Array)])).toEqual([
    [5, 10],
    [4, 9],
    [2, 3],
    [3, 3],
  ]);
});
