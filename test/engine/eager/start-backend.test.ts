import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../../../src/engine/eager/start-backend.ts';

const register = (name: string, started: unknown[]) =>
  tf.registerBackend(name, async () => {
    const backend = new tf.KernelBackend();
    started.push(backend);
    return backend;
  });

describe('startBackend', () => {
  it('starts a backend once, however often it is asked', async () => {
    const started: unknown[] = [];
    register('test-once', started);
    const [first, second] = await Promise.all([startBackend('test-once'), startBackend('test-once')]);
    expect(await startBackend('test-once')).toBe(first);
    expect(second).toBe(first);
    expect(started).toEqual([first]);
    expect(tf.findBackend('test-once')).toBe(first);
  });

  it('takes a backend that somebody else has started', async () => {
    const started: unknown[] = [];
    register('test-theirs', started);
    await tf.setBackend('test-theirs');
    expect(await startBackend('test-theirs')).toBe(tf.backend());
    expect(started).toHaveLength(1);
  });

  it('leaves the active backend alone', async () => {
    register('test-active', []);
    await tf.setBackend('test-active');
    register('test-other', []);
    const starting = startBackend('test-other');
    expect(tf.getBackend()).toBe('test-active');
    expect(() => tf.backend()).not.toThrow();
    await starting;
    expect(tf.getBackend()).toBe('test-active');
  });
});
