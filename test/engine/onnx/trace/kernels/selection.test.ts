import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../../../src/engine/index.ts';
import { expectSame, noise } from '../../agree.ts';

const table = noise('table', 5, 3);
const ids = new Value('int32', [4], Int32Array.of(4, 0, 2, 4));
const idsIn2d = new Value('int32', [2, 3], Int32Array.of(4, 0, 2, 1, 1, 3));

/**
 * Compares a selection by whole numbers, which have no gradient, and its gradients by the table.
 */
const agree = (
  name: string,
  of: (table: tf.Tensor, ids: tf.Tensor1D) => tf.Tensor,
  values: Value[],
  indices: Value,
  order: 0 | 2 = 2,
) =>
  expectSame(
    name,
    (...xs: tf.Tensor[]) =>
      of(xs[0]!, tf.tensor([...indices.data], indices.shape as [number], 'int32') as tf.Tensor1D),
    values,
    { order },
  );

describe('the kernels that pick elements by number', () => {
  it('agree on gathering along each axis, with indices in one and two dimensions', async () => {
    await agree('gather', (x, i) => tf.square(tf.gather(x, i)), [table], ids);
    await agree('gather', (x, i) => tf.square(tf.gather(x, i)), [table], idsIn2d);
    await agree('gather', (x, i) => tf.square(tf.gather(x, i, 1)), [noise('wide', 2, 5)], ids);
  });

  it('agree on gathering for each sample by itself', async () => {
    const of = (x: tf.Tensor, i: tf.Tensor) => tf.gather(x, tf.reshape(i, [2, 3]), 1, 1);
    await agree('batched', of, [noise('batched', 2, 5, 4)], idsIn2d);
  });

  it('refuse to gather in batches along another axis', async () => {
    const of = (x: tf.Tensor, i: tf.Tensor) => tf.gather(x, tf.reshape(i, [2, 3]), 2, 1);
    await expect(agree('batched', of, [noise('batched', 2, 5, 5)], idsIn2d, 0)).rejects.toThrow(/batchDims/);
  });

  it('agree on one-hot rows', async () => {
    await expectSame('oneHot', (i: tf.Tensor) => tf.oneHot(i, 5), [ids], { order: 0 });
    await expectSame('oneHot', (i: tf.Tensor) => tf.oneHot(i, 5, 0.9, 0.1), [idsIn2d], { order: 0 });
  });

  it('agree on elements picked by coordinates and put there', async () => {
    const places = new Value('int32', [3, 2], Int32Array.of(4, 0, 2, 1, 4, 0));
    await agree('gatherND', (x, i) => tf.square(tf.gatherND(x, i)), [table], places);
    const rows = new Value('int32', [5, 1], Int32Array.of(3, 1, 3, 0, 1));
    const scattered = (x: tf.Tensor, i: tf.Tensor) => tf.square(tf.scatterND(i, x, [4, 3]));
    await agree('scatterND', scattered, [table], rows);
    await expectSame('given', (x: tf.Tensor, i: tf.Tensor) => tf.gatherND(x, i), [table, places], {
      order: 0,
    });
  });

  it('agree on the largest and where they stand', async () => {
    const largest = (x: tf.Tensor) => {
      const { values, indices } = tf.topk(x, 2);
      return tf.concat([values, tf.cast(indices, 'float32')]);
    };
    await expectSame('topk', largest, [table], { order: 0 });
    await expectSame('ties', largest, [Value.of([1, 2, 2, 2, 0, 1], [2, 3])], { order: 0 });
  });

  it('agree on sums of segments', () =>
    agree('segments', (x, i) => tf.square(tf.unsortedSegmentSum(x, i, 5)), [noise('rows', 4, 3)], ids));
});
