import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ForeignModelError, onnxFile, openForeignModel, Value } from '../../../src/engine/index.ts';

it('openForeignModel runs an ONNX file by the names of its ports, and refuses what is none', async () => {
  const program = {
    name: 'sums',
    run: (state: object, { x }: { x?: tf.Tensor }) => ({
      state: state as never,
      outputs: { y: tf.sum(x!, 1) },
    }),
  };
  const model = await openForeignModel(onnxFile(program as never, {}, { x: Value.filled([2, 3], 0) }));
  const [input] = model.inputs;
  expect(input!.shape).toEqual([2, 3]);
  const outputs = await model.run({ [input!.name]: Value.of([1, 2, 3, 4, 5, 6], [2, 3]) });
  const [output] = Object.values(outputs);
  expect([...output!.data]).toEqual([6, 15]);
  await expect(model.run({ [input!.name]: Value.of([1, 2], [2, 1]) })).rejects.toThrow(ForeignModelError);
  model.close();
  await expect(openForeignModel(Buffer.from('not a model'))).rejects.toThrow('onnx: expected a model');
});
