import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { EagerEngine } from './engine.ts';

/** The reference engine: plain JavaScript, slow, always there. Other engines are compared with it. */
export async function cpuEngine(): Promise<Engine> {
  const { version_cpu } = await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return new EagerEngine('cpu', 'cpu', `TensorFlow.js ${version_cpu} in JavaScript, the slow reference`);
}
