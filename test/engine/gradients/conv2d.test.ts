import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';
import { expectRight } from './check.ts';

const dilated = (dilation: number | [number, number], pad: 'same' | 'valid' | number) => ({
  inputs: { x: [2, 6, 7, 2], filter: [3, 2, 2, 2] },
  of: ({ x, filter }: Readonly<Record<string, tf.Tensor>>) =>
    tf.conv2d(
      x as tf.Tensor4D,
      filter as tf.Tensor4D,
      1,
      pad,
      'NHWC',
      dilation,
      typeof pad === 'number' ? 'floor' : undefined,
    ),
});

describe('the gradients of a dilated convolution', () => {
  beforeAll(async () => void (await cpuEngine()));

  it.each([
    [2, 'same'],
    [2, 'valid'],
    [2, 1],
    [[1, 3], 'same'],
    [[2, 1], 'valid'],
  ] as const)('are right for dilation %j and padding %s', (dilation, pad) => {
    expectRight(dilated(dilation as number | [number, number], pad));
  });
});

describe('the gradients of a plain convolution', () => {
  it('are those of the products that it consists of', async () => {
    await cpuEngine();
    const [x, filter] = [tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), tf.tensor4d([5, 6], [1, 2, 1, 1])];
    const [dx, dFilter] = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
      tf.sum(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'valid')),
    )([x, filter]);
    expect([...dx!.dataSync()]).toEqual([5, 6, 5, 6]);
    expect([...dFilter!.dataSync()]).toEqual([4, 6]);
  });
});
