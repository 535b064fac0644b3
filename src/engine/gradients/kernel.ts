import * as tf from '@tensorflow/tfjs-core';

/** Runs a kernel of the active backend that has no public operation, on the tape. */
export function runKernel(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes = {},
): tf.Tensor {
  return tf.engine().runKernel(name, { ...inputs }, attributes) as tf.Tensor;
}
