import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmEngine } from '../../../src/engine/index.ts';
import { floats, integers, window } from '../../../src/engine/wasm/heap.ts';

let backend: BackendWasm;
beforeAll(async () => {
  await wasmEngine();
  backend = tf.backend() as BackendWasm;
});

describe('the heap of wasm', () => {
  it('shows the elements of tensors where they lie', () => {
    const [x, i] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4], 'int32')];
    floats(backend, x)[1] = 7;
    expect([...x.dataSync()]).toEqual([1, 7]);
    expect([...integers(backend, i)]).toEqual([3, 4]);
    tf.dispose([x, i]);
  });

  it('shows a part of a tensor as a tensor, and leaves its memory alone afterwards', () => {
    const before = backend.numDataIds();
    const x = tf.tensor2d([[1, 2], [3, 4], [5, 6]]); // biome-ignore format: one line
    const part = window(backend, x, 2, [2, 2]);
    expect(part.tensor.shape).toEqual([2, 2]);
    expect([...floats(backend, part.tensor)]).toEqual([3, 4, 5, 6]);
    part.release();
    expect([...x.dataSync()]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(backend.numDataIds()).toBe(before + 1);
    x.dispose();
    expect(backend.numDataIds()).toBe(before);
  });
});
