import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { overrideKernels } from '../wasm/overrides.ts';
import { EagerEngine } from './engine.ts';

/** The WebAssembly engine: runs wherever Node.js does, on one thread. */
export async function wasmEngine(): Promise<Engine> {
  const { version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
  if (!(await tf.setBackend('wasm')))
    throw new Error('the WebAssembly backend of TensorFlow.js did not start');
  if (!process.env.STOCK) overrideKernels();
  return new EagerEngine('wasm', 'wasm', `TensorFlow.js ${version_wasm} in WebAssembly, one thread`);
}
