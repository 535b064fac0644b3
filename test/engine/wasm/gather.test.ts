import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmEngine } from '../../../src/engine/index.ts';

describe('gathering on the wasm engine', () => {
  beforeAll(async () => void (await wasmEngine()));
  const table = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);

  it('picks rows and columns for all', () => {
    expect(tf.gather(table(), tf.tensor1d([1, 0, 1], 'int32')).arraySync()).toEqual([
      [4, 5, 6],
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(tf.gather(table(), tf.tensor1d([2], 'int32'), 1).arraySync()).toEqual([[3], [6]]);
  });

  it('picks for each of a batch by indices of its own, also rows of several numbers', () => {
    const columns = tf.tensor2d([2, 0, 1, 1], [2, 2], 'int32');
    expect(tf.gather(table(), columns, 1, 1).arraySync()).toEqual([
      [3, 1],
      [5, 5],
    ]);
    const pairs = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    expect(tf.gather(pairs, tf.tensor2d([1, 0], [2, 1], 'int32'), 1, 1).arraySync()).toEqual([
      [[3, 4]],
      [[5, 6]],
    ]);
  });

  it('leaves nothing behind', () => {
    const { numTensors, numBytes } = tf.memory();
    tf.tidy(() => void tf.gather(table(), tf.tensor2d([2, 0], [2, 1], 'int32'), 1, 1));
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  });
});
