import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cpuEngine,
  EngineUnavailableError,
  type TensorflowOptions,
  tensorflowEngine,
} from '../../../src/engine/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-tensorflow-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A project that has packages installed, each with the code of its main file. */
async function project(name: string, installed: Readonly<Record<string, string>>): Promise<string> {
  for (const [packageName, code] of Object.entries(installed)) {
    const place = join(folder, name, 'node_modules', packageName);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'package.json'), JSON.stringify({ name: packageName, main: 'index.js' }));
    await writeFile(join(place, 'index.js'), code);
  }
  return join(folder, name);
}

/**
 * What the real package does when it loads, with the kernels of the cpu backend in place of native
 * ones.
 */
function standIn(gpu: boolean): string {
  const core = JSON.stringify(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core'));
  return `
    const tf = require(${core});
    if (!tf.findBackendFactory('tensorflow')) {
      tf.copyRegisteredKernels('cpu', 'tensorflow');
      tf.registerBackend('tensorflow', () => {
        const cpu = tf.findBackendFactory('cpu')();
        return Object.assign(cpu, { isUsingGpuDevice: ${gpu} });
      }, 3);
      tf.setBackend('tensorflow');
    }
    exports.version = { 'tfjs-node': '4.22.0' };
  `;
}

async function refusal(options: TensorflowOptions): Promise<EngineUnavailableError> {
  const error = await tensorflowEngine(options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EngineUnavailableError);
  return error as EngineUnavailableError;
}

describe('tensorflowEngine', () => {
  it('says how to install what is not there', async () => {
    const { message } = await refusal({ project: await project('empty', {}) });
    expect(message).toBe(
      'the tensorflow engine is not installed: npm install @tensorflow/tfjs-node-gpu@4.22.0, ' +
        'or @tensorflow/tfjs-node@4.22.0 where there is no GPU',
    );
  });

  it('says why a package that is installed does not load', async () => {
    const broken = {
      '@tensorflow/tfjs-node': 'throw new Error("The native addon is not there.\\nRun npm rebuild.")',
    };
    const error = await refusal({ project: await project('broken', broken) });
    expect(error.message).toBe(
      'the tensorflow engine is installed but does not start: The native addon is not there.',
    );
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('does not take a package for missing that lacks something itself', async () => {
    const lacking = { '@tensorflow/tfjs-node-gpu': 'require("no-such-addon")' };
    const { message } = await refusal({ project: await project('lacking', lacking) });
    expect(message).toContain("does not start: Cannot find module 'no-such-addon'");
  });

  it('runs on what the project has installed, and wants a GPU only where it is told to', async () => {
    await cpuEngine();
    const both = await project('both', {
      '@tensorflow/tfjs-node-gpu': 'throw new Error("no CUDA")',
      '@tensorflow/tfjs-node': standIn(false),
    });
    expect((await refusal({ project: both, gpu: true })).message).toContain('does not start: no CUDA');
    const engine = await tensorflowEngine({ project: both });
    expect(engine.name).toBe('tensorflow');
    expect(engine.description).toBe('TensorFlow through @tensorflow/tfjs-node 4.22.0, on the CPU');
    expect(tf.getBackend()).toBe('tensorflow');

    const idle = await project('idle', { '@tensorflow/tfjs-node-gpu': standIn(true) });
    expect((await refusal({ project: idle, gpu: true })).message).toContain('no GPU answers');
    Object.assign(tf.findBackend('tensorflow'), { isUsingGpuDevice: true });
    expect((await tensorflowEngine({ project: idle, gpu: true })).description).toBe(
      'TensorFlow through @tensorflow/tfjs-node-gpu 4.22.0, on the GPU',
    );
  });
});
