import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';
import { expectRight } from './check.ts';

describe('the gradients of pooling', () => {
  beforeAll(async () => void (await cpuEngine()));

  it.each([
    [2, 2, 'valid', [2, 4, 5, 2]],
    [3, 1, 'valid', [1, 4, 5, 2]],
    [3, 2, 'same', [1, 4, 5, 2]],
    [[2, 1], [1, 2], 'valid', [1, 3, 4, 2]],
  ] as const)('are right for the maximum over %j with strides %j, %s', (size, strides, pad, shape) => {
    expectRight({
      inputs: { x: shape },
      of: ({ x }) => tf.maxPool(x as tf.Tensor4D, size as number, strides as number, pad),
    });
  });

  it.each([
    [2, 2, 'valid', [2, 4, 5, 2]],
    [3, 1, 'valid', [1, 4, 5, 2]],
    [2, 2, 'same', [1, 4, 6, 2]],
  ] as const)('are right for the average over %i with strides %i, %s', (size, strides, pad, shape) => {
    expectRight({ inputs: { x: shape }, of: ({ x }) => tf.avgPool(x as tf.Tensor4D, size, strides, pad) });
  });

  it('are refused for the average over a padded border, which TensorFlow.js gets wrong', () => {
    const pool = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'same');
    expect(() => tf.grad(pool)(tf.zeros([1, 3, 3, 1]))).toThrow(
      new RangeError('avgPool: has no right gradient with padding; use pad and then avgPool without it'),
    );
  });
});
