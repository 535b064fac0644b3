import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { expectSame, noise } from '../../agree.ts';

const x = noise('x', 2, 6, 5, 3);

describe('the kernels of pictures', () => {
  it.each([
    [2, 2, 'valid'],
    [3, 2, 'same'],
    [3, 1, 'same'],
  ] as const)('agree on pools of %d with stride %d, %s', async (size, stride, padding) => {
    await expectSame('avgPool', (x: tf.Tensor4D) => tf.square(tf.avgPool(x, size, stride, padding)), [x], {
      order: padding === 'same' ? 0 : 2,
    });
    await expectSame('maxPool', (x: tf.Tensor4D) => tf.square(tf.maxPool(x, size, stride, padding)), [x]);
  });

  it('agree on where the maximum of a pool is', async () => {
    const of = (x: tf.Tensor4D) => tf.cast(tf.maxPoolWithArgmax(x, 2, 2, 'valid', true).indexes!, 'float32');
    await expectSame('argmax', of, [x], { order: 0 });
  });

  it('agree on bilinear resizing', async () => {
    for (const [aligned, half] of [
      [false, false],
      [true, false],
      [false, true],
    ] as const) {
      const of = (size: [number, number]) => (x: tf.Tensor4D) =>
        tf.square(tf.image.resizeBilinear(x, size, aligned, half));
      await expectSame('up', of([12, 10]), [x]);
      await expectSame('down', of([4, 3]), [x]);
    }
  });

  it('agree on resizing to the nearest', async () => {
    const of = (aligned: boolean, half: boolean) => (x: tf.Tensor4D) =>
      tf.square(tf.image.resizeNearestNeighbor(x, [12, 10], aligned, half));
    await expectSame('nearest', of(false, false), [x]);
    await expectSame('aligned', of(true, false), [x], { order: 0 });
    await expectSame('half', of(false, true), [x], { order: 0 });
  });

  it('agree on blocks that become samples, and samples that become blocks', async () => {
    const apart = (x: tf.Tensor) => tf.square(tf.spaceToBatchND(x, [2, 3], [[0, 2], [1, 0]])); // biome-ignore format: one line
    await expectSame('spaceToBatch', apart, [x]);
    const together = (x: tf.Tensor) => tf.square(tf.batchToSpaceND(x, [2, 3], [[1, 0], [0, 2]])); // biome-ignore format: one line
    await expectSame('batchToSpace', together, [noise('b', 12, 2, 3, 2)]);
  });

  it('agree on pictures in a mirror', () =>
    expectSame('flip', (x: tf.Tensor4D) => tf.image.flipLeftRight(x), [x], { order: 0 }));

  it('agree on turning depth into space', () =>
    expectSame('depthToSpace', (x: tf.Tensor4D) => tf.square(tf.depthToSpace(x, 2, 'NHWC')), [
      noise('d', 2, 3, 2, 8),
    ]));
});
