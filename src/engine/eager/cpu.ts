import type { Engine } from '../engine.ts';
import { EagerEngine } from './engine.ts';
import { startBackend } from './start-backend.ts';

/**
 * The reference engine: plain JavaScript, slow, always there. Other engines are compared with it.
 */
export async function cpuEngine(): Promise<Engine> {
  const { version_cpu } = await import('@tensorflow/tfjs-backend-cpu');
  await startBackend('cpu');
  return new EagerEngine('cpu', `TensorFlow.js ${version_cpu} in JavaScript, the slow reference`);
}
