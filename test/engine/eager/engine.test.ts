import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { cpuEngine, wasmEngine } from '../../../src/engine/index.ts';
import { conformsToEngine } from '../conformance.ts';

describe('EagerEngine', () => {
  it('makes its backend the active one', async () => {
    await wasmEngine();
    expect(tf.getBackend()).toBe('wasm');
    await cpuEngine();
    expect(tf.getBackend()).toBe('cpu');
  });

  it('counts the tensors of the process', async () => {
    const engine = await cpuEngine();
    const { tensors, bytes } = engine.memory();
    const tensor = tf.zeros([10]);
    expect(engine.memory()).toEqual({ tensors: tensors + 1, bytes: bytes + 40 });
    tensor.dispose();
  });

  it('does without the banner that TensorFlow.js prints', () => {
    expect(tf.env().getBool('PROD')).toBe(true);
  });
});

describe('cpu', () => {
  conformsToEngine('cpu', cpuEngine);
});
