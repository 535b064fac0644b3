import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { EagerEngine } from './engine.ts';

/**
 * The reference engine without a promise: for what is computed where nothing can be waited for, as
 * an action in the middle of a step. Its sessions answer at once.
 */
export function hostEngine(): Engine {
  createRequire(import.meta.url)('@tensorflow/tfjs-backend-cpu');
  const { registry } = tf.engine();
  registry.cpu ??= tf.findBackendFactory('cpu')() as tf.KernelBackend;
  return new EagerEngine('cpu', 'TensorFlow.js in JavaScript, at once');
}
