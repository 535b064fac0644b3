import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { expectSame, noise } from '../../agree.ts';

const x = noise('x', 3, 4, 2);
const y = noise('y', 3, 1, 2);

const moves: Record<string, (x: tf.Tensor, y: tf.Tensor) => tf.Tensor> = {
  reshape: (x) => tf.reshape(x, [2, -1]),
  expandDims: (x) => tf.concat([tf.expandDims(x, 1), tf.expandDims(x, 1)], 1),
  squeeze: (_, y) => tf.squeeze(y),
  transpose: (x) => tf.transpose(x, [2, 0, 1]),
  concat: (x, y) => tf.concat([x, y, x], 1),
  stack: (x) => tf.stack([x, tf.square(x)], 1),
  stackLast: (x) => tf.stack([x, tf.square(x)], -1),
  unstack: (x) => tf.mul(tf.unstack(x, 1)[2]!, tf.unstack(x, 1)[0]!),
  split: (x) => tf.mul(tf.split(x, 2, 1)[0]!, tf.split(x, 2, 1)[1]!),
  splitUnevenly: (x) => tf.split(x, [1, 3], 1)[1]!,
  slice: (x) => tf.slice(x, [1, 0, 1], [2, 3, -1]),
  reverse: (x) => tf.reverse(x, [0, 2]),
  pad: (x) =>
    tf.pad(
      x,
      [
        [1, 0],
        [0, 2],
        [1, 1],
      ],
      0.5,
    ),
  mirrorReflect: (x) =>
    tf.mirrorPad(
      x,
      [
        [1, 2],
        [0, 3],
        [1, 0],
      ],
      'reflect',
    ),
  mirrorSymmetric: (x) =>
    tf.mirrorPad(
      x,
      [
        [3, 2],
        [0, 4],
        [1, 0],
      ],
      'symmetric',
    ),
  tile: (x) => tf.tile(x, [2, 1, 3]),
  broadcastTo: (_, y) => tf.broadcastTo(y, [3, 4, 2]),
  fill: (x) => tf.add(x, tf.fill([4, 2], 0.3)),
  range: (x) => tf.mul(x, tf.reshape(tf.range(0, 8, 1), [4, 2])),
  linspace: (x) => tf.mul(x, tf.reshape(tf.linspace(-1, 1, 8), [4, 2])),
};

describe('the kernels that move elements', () => {
  it.each(Object.entries(moves))('%s agrees with the cpu engine to second order', async (name, of) => {
    await expectSame(name, (x: tf.Tensor, y: tf.Tensor) => tf.square(of(x, y)), [x, y]);
  });

  it('agrees on slices with strides, new axes and fewer axes', async () => {
    await expectSame('strided', (x: tf.Tensor) => tf.stridedSlice(x, [0, 3, 0], [3, 0, 2], [2, -1, 1]), [x], {
      order: 0,
    });
    await expectSame(
      'masked',
      (x: tf.Tensor) => tf.stridedSlice(x, [1, 0], [2, 3], [1, 1], 0, 0, 0, 0, 1),
      [x],
      { order: 0 },
    );
  });
});
