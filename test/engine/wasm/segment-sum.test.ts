import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { computedOn, expectAgreement, random, startEngines } from './agree.ts';

describe('the sum of segments on wasm', () => {
  beforeAll(startEngines);

  it.each([[[4]], [[4, 3]], [[4, 2, 3]]])('agrees with cpu for shape [%s]', (shape) => {
    expectAgreement(() => tf.unsortedSegmentSum(random('x', shape), tf.tensor1d([2, 0, 2, 4], 'int32'), 5));
  });

  it('drops rows of segments that do not exist', () => {
    const [sums] = computedOn('wasm', () =>
      tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([-1, 0, 2, 1], 'int32'), 2),
    );
    expect([...sums!]).toEqual([2, 4]);
  });

  it('makes the gradient of gather', () => {
    expectAgreement(() =>
      tf.grad((x: tf.Tensor) => tf.square(tf.gather(x, tf.tensor1d([1, 1, 0], 'int32'))))(
        random('x', [3, 2]),
      ),
    );
  });
});
