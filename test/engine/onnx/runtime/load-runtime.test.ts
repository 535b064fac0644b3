import { describe, expect, it } from 'vitest';
import { Value } from '../../../../src/engine/index.ts';
import { add, elementwise, parameter } from '../../../../src/engine/onnx/build.ts';
import { emit } from '../../../../src/engine/onnx/emit/emit.ts';
import { directRuntime } from '../../../../src/engine/onnx/runtime/direct-runtime.ts';
import { loadRuntime } from '../../../../src/engine/onnx/runtime/load-runtime.ts';
import { publicRuntime } from '../../../../src/engine/onnx/runtime/public-runtime.ts';

const x = parameter('input/x', [2], 'float32');
const y = parameter('input/y', [], 'int32');
const model = emit(
  'double',
  new Map([
    ['output/x', add(x, x)],
    ['output/y', add(y, y)],
    ['output/less', elementwise('Less', [x, add(x, x)], {}, 'bool')],
  ]),
);
const options = { threads: 1, provider: 'cpu' } as const;

describe.each([
  ['the C interface', async () => (await directRuntime())!, true],
  ['the public interface', publicRuntime, false],
])('%s of onnxruntime', (_, open, atOnce) => {
  const inputs = [Value.of([1, -2]), new Value('int32', [], Int32Array.of(3))];
  const rooms = () => [Value.zeros('float32', [2]), Value.zeros('int32', []), Value.zeros('bool', [2])];
  const results = [
    Value.of([2, -4]),
    new Value('int32', [], Int32Array.of(6)),
    new Value('bool', [2], Uint8Array.of(1, 0)),
  ];

  it('reads values and writes into values', async () => {
    const loaded = await (await open()).load(model, options);
    const into = rooms();
    const done = loaded.run(inputs, into);
    expect(done instanceof Promise).toBe(!atOnce);
    await done;
    expect(into).toEqual(results);
    loaded.release();
  });

  it('reads tensors of its own, writes into such, and reads them again', async () => {
    const runtime = await open();
    const loaded = await runtime.load(model, options);
    const [first, second] = [rooms(), rooms()].map((values) => values.map((value) => runtime.tensor(value)));
    await loaded.run(inputs, first!);
    expect(first!.map(({ value }) => value)).toEqual(results);
    await loaded.run(first!.slice(0, 2), second!);
    expect(second![0]!.value).toEqual(Value.of([4, -8]));
    expect(second![1]!.value.data).toEqual(Int32Array.of(12));
    for (const tensor of [...first!, ...second!]) tensor.release();
    loaded.release();
  });

  it('takes values that lie within a larger array', async () => {
    const loaded = await (await open()).load(model, options);
    const whole = Float32Array.of(9, 9, 1, -2, 9);
    const into = rooms();
    await loaded.run([new Value('float32', [2], whole.subarray(2, 4)), inputs[1]!], into);
    expect(into).toEqual(results);
    expect(whole).toEqual(Float32Array.of(9, 9, 1, -2, 9));
    loaded.release();
  });

  it('refuses what is no model, and what does not fit one', async () => {
    const runtime = await open();
    const broken = { ...model, bytes: Uint8Array.of(1, 2, 3) };
    await expect((async () => runtime.load(broken, options))()).rejects.toThrow(/protobuf|model/i);
    const loaded = await runtime.load(model, options);
    await expect((async () => loaded.run([Value.of([1, 2, 3]), inputs[1]!], rooms()))()).rejects.toThrow(
      /dimensions/,
    );
    loaded.release();
  });
});

it('takes the C interface for the processor', async () => {
  expect(await loadRuntime({ provider: 'cpu' })).toBe(await directRuntime());
  expect(await loadRuntime({ provider: 'webgpu' })).not.toBe(await directRuntime());
});

it('knows its version', async () => {
  expect((await directRuntime())?.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect((await publicRuntime()).version).toBe((await directRuntime())?.version);
});
