import * as tf from '@tensorflow/tfjs-core';
import { once } from '../once.ts';

/**
 * Makes a backend of TensorFlow.js ready that has been imported. Not by `tf.setBackend`, while
 * which is under way every session of every other engine would fail.
 */
export function startBackend(name: string): Promise<tf.KernelBackend> {
  return once(`backend ${name}`, async () => {
    const { registry } = tf.engine();
    registry[name] ??= await tf.findBackendFactory(name)();
    return registry[name];
  });
}
