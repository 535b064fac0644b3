import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

type KernelGiving<Output> = (
  backend: BackendWasm,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attributes: tf.NamedAttrMap,
) => Output;

/**
 * What computes one kernel of TensorFlow.js on the WebAssembly backend. It owns its output, and
 * nothing else.
 */
export type WasmKernel = KernelGiving<tf.TensorInfo>;

/** A kernel with several outputs. */
export type KernelOfMany = KernelGiving<tf.TensorInfo[]>;

/** The kernel that is registered now under a name. It keeps working when it is replaced. */
export function registeredKernel<Output = tf.TensorInfo>(name: string): KernelGiving<Output> {
  const { kernelFunc } = tf.getKernel(name, 'wasm');
  return (backend, inputs, attrs) => kernelFunc({ backend, inputs, attrs }) as Output;
}

/** Registers a kernel for the WebAssembly backend, in place of the one that is there, if any. */
export function registerKernel(name: string, kernel: WasmKernel | KernelOfMany): void {
  const stock = tf.getKernel(name, 'wasm');
  if (stock !== undefined) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    ...stock,
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: ({ backend, inputs, attrs }) =>
      kernel(backend as BackendWasm, inputs as Record<string, tf.TensorInfo>, attrs ?? {}),
  });
}
