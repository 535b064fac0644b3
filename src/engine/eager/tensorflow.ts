import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { systemCode } from '../../base/index.ts';
import type { Engine } from '../engine.ts';
import { EngineUnavailableError } from '../errors.ts';
import { EagerEngine } from './engine.ts';
import { mendNodeUtil } from './node-util.ts';

const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** What `tensorflowEngine` looks for, and where. */
export interface TensorflowOptions {
  /** Only with a working GPU; false by default. */
  readonly gpu?: boolean;
  /**
   * The folder of the project that may have the packages installed; the working folder by default.
   */
  readonly project?: string;
}

/**
 * The engine of native TensorFlow, on a GPU through `@tensorflow/tfjs-node-gpu` or else on the
 * processor through `@tensorflow/tfjs-node`. Neither is a dependency: their installation downloads
 * hundreds of megabytes.
 * @throws EngineUnavailableError when none is installed, or none that is installed loads
 */
export async function tensorflowEngine(options: TensorflowOptions = {}): Promise<Engine> {
  const { gpu = false, project = process.cwd() } = options;
  let failure: unknown;
  for (const name of packages.slice(0, gpu ? 1 : 2)) {
    const load = locate(name, project);
    if (load === undefined) continue;
    try {
      return engineOf(name, load(), gpu);
    } catch (error) {
      failure ??= error;
    }
  }
  throw unavailable(failure);
}

/**
 * What loads the package, from the user's project or from beside this one; undefined where it is
 * not installed.
 */
function locate(name: string, project: string): (() => unknown) | undefined {
  for (const place of [join(project, 'package.json'), import.meta.url]) {
    const require = createRequire(place);
    try {
      require.resolve(name);
    } catch (error) {
      if (systemCode(error) === 'MODULE_NOT_FOUND') continue;
      throw error;
    }
    return () => require(name);
  }
  return undefined;
}

function engineOf(name: string, loaded: unknown, gpuOnly: boolean): Engine {
  mendNodeUtil();
  const { version } = loaded as { version: Record<string, string> };
  const { isUsingGpuDevice } = tf.findBackend('tensorflow') as { isUsingGpuDevice?: boolean };
  if (gpuOnly && !isUsingGpuDevice) throw new Error('no GPU answers');
  const device = isUsingGpuDevice ? 'GPU' : 'CPU';
  return new EagerEngine(
    'tensorflow',
    `TensorFlow through ${name} ${version['tfjs-node']}, on the ${device}`,
  );
}

function unavailable(cause: unknown): EngineUnavailableError {
  if (cause === undefined) {
    return new EngineUnavailableError(
      'the tensorflow engine is not installed: npm install @tensorflow/tfjs-node-gpu@4.22.0, ' +
        'or @tensorflow/tfjs-node@4.22.0 where there is no GPU',
    );
  }
  const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new EngineUnavailableError(`the tensorflow engine is installed but does not start: ${why}`, {
    cause,
  });
}
