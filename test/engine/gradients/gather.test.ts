import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';

describe('gradients of picking elements send each back to where it was taken', () => {
  beforeAll(async () => void (await cpuEngine()));
  const table = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);

  it('for a column of its own in each row', () => {
    const columns = tf.tensor2d([2, 0], [2, 1], 'int32');
    const taken = (x: tf.Tensor) => tf.gather(x, columns, 1, 1);
    expect(taken(table()).arraySync()).toEqual([[3], [4]]);
    expect(
      tf
        .grad((x: tf.Tensor) => tf.sum(tf.square(taken(x))))(table())
        .arraySync(),
    ).toEqual([
      [0, 0, 6],
      [8, 0, 0],
    ]);
  });

  it('for coordinates, adding up what was taken twice', () => {
    const places = tf.tensor2d([0, 1, 1, 2, 0, 1], [3, 2], 'int32');
    const taken = (x: tf.Tensor) => tf.gatherND(x, places);
    expect(taken(table()).arraySync()).toEqual([2, 6, 2]);
    expect(
      tf
        .grad((x: tf.Tensor) => tf.sum(tf.square(taken(x))))(table())
        .arraySync(),
    ).toEqual([
      [0, 8, 0],
      [0, 0, 12],
    ]);
  });

  it('for what was scattered', () => {
    const rows = tf.tensor2d([2, 0], [2, 1], 'int32');
    const scattered = (x: tf.Tensor) => tf.scatterND(rows, x, [3, 3]);
    expect(
      tf
        .grad((x: tf.Tensor) => tf.sum(tf.square(scattered(x))))(table())
        .arraySync(),
    ).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
  });
});
