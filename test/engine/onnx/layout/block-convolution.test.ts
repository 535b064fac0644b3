import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { blockConvolution } from '../../../../src/engine/onnx/layout/block-convolution.ts';
import { Tiles } from '../../../../src/engine/onnx/layout/tiles.ts';
import { Windows } from '../../../../src/engine/onnx/layout/windows.ts';
import { expectSame, noise } from '../agree.ts';

function kind(samples: number, size: number, [channels, filters]: [number, number], kernel = 4) {
  const attributes = { strides: [2, 2], dilations: [1, 1], pads: [1, 1, 1, 1] };
  const [picture, result] = [
    [samples, size, size, channels],
    [samples, size / 2, size / 2, filters],
  ];
  return blockConvolution(picture, [kernel, kernel, channels, filters], result, attributes)?.constructor;
}

describe('convolutions with filters twice as wide as their stride', () => {
  it('are done in tiles where these save products, in windows where channels are few or places, and else as usual', () => {
    expect(kind(32, 8, [8, 16])).toBe(Tiles);
    expect(kind(32, 8, [3, 16])).toBe(Windows);
    expect(kind(32, 8, [16, 1])).toBe(Windows);
    expect(kind(32, 4, [16, 16])).toBe(Windows);
    expect(kind(31, 8, [16, 16])).toBeUndefined();
    expect(kind(32, 66, [16, 16])).toBeUndefined();
    expect(kind(32, 8, [16, 16], 3)).toBeUndefined();
  });

  it.each([
    ['tiles', 8, 9],
    ['windows', 3, 9],
    ['windows', 9, 2],
  ])('agree with the cpu engine in %s, to the second order', async (_, channels, filters) => {
    const of = (x: tf.Tensor4D, w: tf.Tensor4D) => tf.leakyRelu(tf.conv2d(x, w, 2, 'same'), 0.2);
    await expectSame('conv2d', of, [noise('x', 32, 8, 6, channels), noise('w', 4, 4, channels, filters)]);
    const back = (x: tf.Tensor4D, w: tf.Tensor4D) =>
      tf.square(tf.conv2dTranspose(x, w, [32, 8, 6, filters], 2, 'same'));
    await expectSame('conv2dTranspose', back, [
      noise('y', 32, 4, 3, channels),
      noise('w', 4, 4, filters, channels),
    ]);
  });

  it('agree beside convolutions of other kinds', async () => {
    const small = (filter: tf.Tensor4D) => tf.mul<tf.Tensor4D>(filter, 0.1);
    const of = (x: tf.Tensor4D, w: tf.Tensor4D, v: tf.Tensor4D) => {
      const wide = tf.tanh(tf.conv2d(x, small(w), 2, 'same'));
      const narrow = tf.tanh(tf.conv2d(wide, small(v), 1, 'same'));
      return tf.conv2d(tf.add<tf.Tensor4D>(wide, narrow), small(w), 2, 'same');
    };
    await expectSame('mixed', of, [noise('x', 8, 16, 16, 8), noise('w', 4, 4, 8, 8), noise('v', 3, 3, 8, 8)]);
  });
});
