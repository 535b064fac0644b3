import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { parameter } from '../../../../src/engine/onnx/build.ts';
import { traceBackend } from '../../../../src/engine/onnx/trace/backend.ts';

describe('the backend that records', () => {
  it('is registered once', () => expect(traceBackend()).toBe(traceBackend()));

  it('makes tensors that stand for nodes', () => {
    const node = parameter('x', [2, 3], 'int32');
    const backend = traceBackend();
    const tensor = backend.tensorOf(node);
    expect(tensor).toMatchObject({ shape: [2, 3], dtype: 'int32' });
    expect(backend.nodeOf(tensor)).toBe(node);
  });

  it('bakes uniform tensors of any size and others of up to 64 elements', () => {
    const backend = traceBackend();
    const write = (values: ArrayLike<number>, shape: number[]) => {
      const dataId = backend.write(Float32Array.from(values), shape, 'float32');
      return backend.nodeOf({ dataId, shape, dtype: 'float32' });
    };
    expect(write(new Array(1000).fill(2), [1000])).toMatchObject({ op: 'Filled', attributes: { value: 2 } });
    expect(
      write(
        Array.from({ length: 64 }, (_, i) => i),
        [64],
      ),
    ).toMatchObject({ op: 'Constant' });
    expect(() =>
      write(
        Array.from({ length: 65 }, (_, i) => i),
        [65],
      ),
    ).toThrow(/shape \[65\] would be baked/);
  });

  it('refuses to be read, at once or later', async () => {
    const backend = traceBackend();
    expect(() => backend.readSync()).toThrow(/read while the program is compiled/);
    await expect(backend.read()).rejects.toThrow(/read while the program is compiled/);
  });

  it('refuses tensors that are gone', () => {
    const gone = { dataId: {}, shape: [1], dtype: 'float32' } as const;
    expect(() => traceBackend().nodeOf(gone as unknown as tf.TensorInfo)).toThrow(/disposed/);
  });
});
