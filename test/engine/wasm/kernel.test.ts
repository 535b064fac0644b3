import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmEngine } from '../../../src/engine/index.ts';
import { registeredKernel, registerKernel, type WasmKernel } from '../../../src/engine/wasm/kernel.ts';

describe('kernels of wasm', () => {
  beforeAll(async () => void (await wasmEngine()));

  it('are replaced by others that may use them', () => {
    const stock = registeredKernel(tf.Neg);
    const twice: WasmKernel = (backend, { x }) => {
      const minus = stock(backend, { x: x! }, {});
      const out = stock(backend, { x: minus }, {});
      backend.disposeData(minus.dataId);
      return out;
    };
    registerKernel(tf.Neg, twice);
    try {
      expect(tf.neg(tf.tensor1d([3])).arraySync()).toEqual([3]);
    } finally {
      registerKernel(tf.Neg, stock);
    }
    expect(tf.neg(tf.tensor1d([3])).arraySync()).toEqual([-3]);
  });

  it('keep what sets them up when the backend starts', () => {
    const { setupFunc } = tf.getKernel(tf.Neg, 'wasm');
    expect(setupFunc).toBeTypeOf('function');
    registerKernel(tf.Neg, registeredKernel<tf.TensorInfo>(tf.Neg));
    expect(tf.getKernel(tf.Neg, 'wasm').setupFunc).toBe(setupFunc);
  });

  it('are added where there is none', () => {
    registerKernel('TestFirst', (backend, { x }) => {
      const out = backend.makeOutput([], 'float32');
      (backend.typedArrayFromHeap(out) as Float32Array)[0] = (
        backend.typedArrayFromHeap(x!) as Float32Array
      )[0]!;
      return out;
    });
    const first = tf.engine().runKernel('TestFirst', { x: tf.tensor1d([8, 9]) }) as tf.Tensor;
    expect(first.arraySync()).toBe(8);
  });
});
