import { describe, expect, it } from 'vitest';
import { add, parameter } from '../../../../src/engine/onnx/build.ts';
import { emit } from '../../../../src/engine/onnx/emit/emit.ts';
import { loadRuntime } from '../../../../src/engine/onnx/runtime/runtime.ts';

const x = parameter('input/x', [2], 'float32');
const { bytes } = emit('double', new Map([['output/y', add(x, x)]]));

describe.each([
  ['the native session', true],
  ['the public session, where there is no other', false],
])('%s', (_, native) => {
  it('executes a model and releases it', async () => {
    const runtime = await loadRuntime({ native });
    const model = runtime.load(bytes, {});
    expect(model instanceof Promise).toBe(!native);
    const loaded = await model;
    const feeds = { 'input/x': new runtime.Tensor('float32', Float32Array.of(1, 2), [2]) };
    const results = loaded.run(feeds, { 'next/output/y': null });
    expect(results instanceof Promise).toBe(!native);
    expect([...((await results)['next/output/y']!.data as Float32Array)]).toEqual([2, 4]);
    loaded.release();
  });

  it('refuses what is no model', async () => {
    const runtime = await loadRuntime({ native });
    await expect((async () => runtime.load(Uint8Array.of(1, 2, 3), {}))()).rejects.toThrow();
  });
});

it('knows its version', async () => expect((await loadRuntime()).version).toMatch(/^\d+\.\d+\.\d+$/));
