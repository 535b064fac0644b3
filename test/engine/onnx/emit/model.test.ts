import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { ModelBuilder } from '../../../../src/engine/onnx/emit/model.ts';
import { Message } from '../../../../src/engine/onnx/emit/protobuf.ts';
import { readOnnxFile } from '../../../support/onnx-file.ts';

async function run(model: ModelBuilder): Promise<Record<string, number[]>> {
  const session = await ort.InferenceSession.create(model.finish('test'));
  const results = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1, 2), [2]) });
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, [...(data as Float32Array)]]),
  );
}

describe('the builder of models', () => {
  it('builds what onnxruntime executes', async () => {
    const model = new ModelBuilder();
    model.input('x', [2], 'float32');
    const two = model.constant(Float32Array.of(2), [], 'float32');
    model.output(model.node('Mul', ['x', two]), 'doubled', [2], 'float32');
    expect(await run(model)).toEqual({ doubled: [2, 4] });
  });

  it('writes attributes of every kind', async () => {
    const model = new ModelBuilder();
    model.input('x', [2], 'float32');
    const leaky = model.node('LeakyRelu', [model.node('Neg', ['x'])], { alpha: { float: 0.5 } });
    const turned = model.node('Transpose', [model.node('Reshape', [leaky, model.whole([1, 2])])], {
      perm: { ints: [1, 0] },
    });
    const scattered = model.node(
      'ScatterElements',
      ['x', model.whole([0]), model.node('Slice', ['x', model.whole([1]), model.whole([2])])],
      {
        axis: { int: 0 },
        reduction: { text: 'add' },
      },
    );
    model.output(turned, 'turned', [2, 1], 'float32');
    model.output(scattered, 'scattered', [2], 'float32');
    expect(await run(model)).toEqual({ turned: [-0.5, -1], scattered: [3, 2] });
  });

  it('gives one tensor, an input or a constant as several results', async () => {
    const model = new ModelBuilder();
    model.input('x', [2], 'float32');
    const sum = model.node('Add', ['x', 'x']);
    const product = model.node('Mul', [sum, sum]);
    const constant = model.constant(Float32Array.of(7), [1], 'float32');
    for (const [name, tensor] of Object.entries({ a: sum, b: sum, c: 'x', d: product }))
      model.output(tensor, name, [2], 'float32');
    model.output(constant, 'e', [1], 'float32');
    expect(await run(model)).toEqual({ a: [2, 4], b: [2, 4], c: [1, 2], d: [4, 16], e: [7] });
  });

  it('keeps equal constants once', async () => {
    const model = new ModelBuilder();
    const [sum, other] = [
      model.node('Add', [model.whole([1, 2]), model.whole([1, 2])]),
      model.node('Add', [model.whole([2, 1]), model.whole([1, 2])]),
    ];
    model.output(model.node('Cast', [sum], { to: { int: 1 } }), 'sum', [2], 'float32');
    model.output(model.node('Cast', [other], { to: { int: 1 } }), 'other', [2], 'float32');
    expect(await run(model)).toEqual({ sum: [2, 4], other: [3, 3] });
    expect(readOnnxFile(model.finish('test')).weights).toHaveLength(2);
  });
});

describe('protobuf', () => {
  const bytes = (message: Message) => [...message.finish()];

  describe('messages of Protocol Buffers', () => {
    it('hold whole numbers in as few bytes as they need', () => {
      expect(bytes(new Message().int(1, 150))).toEqual([0x08, 0x96, 0x01]);
      expect(bytes(new Message().int(1, 0))).toEqual([0x08, 0x00]);
      expect(bytes(new Message().int(16, 1))).toEqual([0x80, 0x01, 0x01]);
      expect(bytes(new Message().int(1, -1))).toEqual([0x08, ...new Array(9).fill(0xff), 0x01]);
    });

    it('hold text, numbers and other messages', () => {
      expect(bytes(new Message().text(2, 'testing'))).toEqual([0x12, 7, ...Buffer.from('testing')]);
      expect(bytes(new Message().float(2, 1))).toEqual([0x15, 0, 0, 0x80, 0x3f]);
      expect(bytes(new Message().message(3, new Message().int(1, 150)))).toEqual([0x1a, 3, 0x08, 0x96, 0x01]);
    });
  });
});
