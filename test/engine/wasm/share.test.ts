import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { computedOn, startEngines } from './agree.ts';

describe('copies on wasm', () => {
  beforeAll(startEngines);

  it('share memory until the last of them goes', () => {
    void tf.setBackend('wasm');
    const before = tf.backend().numDataIds();
    const x = tf.tensor1d([1, 2, 3]);
    const copy = tf.clone(x);
    expect(tf.backend().numDataIds()).toBe(before + 1);
    x.dispose();
    expect([...copy.dataSync()]).toEqual([1, 2, 3]);
    copy.dispose();
    expect(tf.backend().numDataIds()).toBe(before);
  });

  it('are made where a cast changes the type, and only there', () => {
    void tf.setBackend('wasm');
    const x = tf.tensor1d([-1.5, 0.5, 2.5]);
    const before = tf.backend().numDataIds();
    const same = tf.cast(x, 'float32');
    expect(tf.backend().numDataIds()).toBe(before);
    const whole = tf.cast(x, 'int32');
    expect(tf.backend().numDataIds()).toBe(before + 1);
    expect([...whole.dataSync()]).toEqual([-1, 0, 2]);
    tf.dispose([x, same, whole]);
  });

  it('keep their type', () => {
    const [bools, numbers] = computedOn('wasm', () => [
      tf.clone(tf.tensor1d([true, false])),
      tf.cast(tf.tensor1d([true, false]), 'float32'),
    ]);
    expect([...bools!]).toEqual([1, 0]);
    expect([...numbers!]).toEqual([1, 0]);
  });
});
