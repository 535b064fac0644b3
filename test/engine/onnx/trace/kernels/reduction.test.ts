import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { Value } from '../../../../../src/engine/index.ts';
import { expectSame, noise } from '../../agree.ts';

const x = noise('x', 3, 4, 2);
const flags = new Value(
  'bool',
  [3, 4],
  Uint8Array.from({ length: 12 }, (_, i) => Number(i % 3 === 0)),
);

const reductions = {
  sum: tf.sum,
  mean: tf.mean,
  max: tf.max,
  min: tf.min,
  prod: tf.prod,
  logSumExp: tf.logSumExp,
};

describe('the kernels that work along an axis', () => {
  it.each(Object.entries(reductions))('%s agrees over one, several and all axes', async (name, of) => {
    const order = name === 'prod' ? 0 : 2;
    await expectSame(name, (x: tf.Tensor) => of(x, 1), [x], { order });
    await expectSame(name, (x: tf.Tensor) => of(x, [0, 2], true), [x], { order });
    await expectSame(name, (x: tf.Tensor) => of(tf.square(x)), [x], { order });
    await expectSame(name, (x: tf.Tensor) => of(x, -1), [x], { order });
  });

  it('agrees on sums of truth values and on logic over an axis', async () => {
    const all = (x: tf.Tensor) =>
      tf.stack([tf.sum(x, 1), tf.cast(tf.all(x, 1), 'int32'), tf.cast(tf.any(x, 1), 'int32')]);
    await expectSame('logic', all, [flags], { order: 0 });
  });

  it('agrees on where the largest and the smallest stand', () =>
    expectSame('arg', (x: tf.Tensor) => tf.stack([tf.argMax(x, 1), tf.argMin(x, 1)]), [x], { order: 0 }));

  it('agrees on softmax and its logarithm', async () => {
    await expectSame('softmax', (x: tf.Tensor) => tf.softmax(x), [x]);
    await expectSame('logSoftmax', (x: tf.Tensor) => tf.logSoftmax(x), [x]);
  });

  it('agrees on running sums', async () => {
    await expectSame('cumsum', (x: tf.Tensor) => tf.cumsum(tf.square(x), 2), [x]);
    await expectSame('cumsum', (x: tf.Tensor) => tf.cumsum(x, 0, true, true), [x], { order: 0 });
  });

  it('agrees on moments and batch normalisation', async () => {
    await expectSame(
      'moments',
      (x: tf.Tensor) => {
        const { mean, variance } = tf.moments(x, [0], true);
        return tf.concat([mean, variance]);
      },
      [x],
    );
    const norm = (
      x: tf.Tensor,
      mean: tf.Tensor1D,
      variance: tf.Tensor1D,
      offset: tf.Tensor1D,
      scale: tf.Tensor1D,
    ) => tf.batchNorm(x, mean, tf.add(tf.square(variance), 1) as tf.Tensor1D, offset, scale);
    await expectSame('batchNorm', norm, [
      noise('y', 2, 2, 2, 3),
      noise('a', 3),
      noise('b', 3),
      noise('c', 3),
      noise('d', 3),
    ]);
  });
});
