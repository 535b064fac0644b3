import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { computedOn, expectAgreement, random, startEngines } from './agree.ts';

describe('max pooling on wasm', () => {
  beforeAll(startEngines);

  it('agrees with cpu in its gradient and in the places of the maxima', () => {
    const any = fc.record({
      shape: fc.tuple(...[2, 7, 7, 3].map((max) => fc.integer({ min: max > 6 ? 4 : 1, max }))),
      size: fc.integer({ min: 1, max: 3 }),
      strides: fc.integer({ min: 1, max: 3 }),
      pad: fc.constantFrom('same' as const, 'valid' as const),
    });
    fc.assert(
      fc.property(any, ({ shape, size, strides, pad }) => {
        const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, size, strides, pad);
        expectAgreement(() => tf.grad((x: tf.Tensor) => tf.square(pool(x)))(random('x', shape)));
        expectAgreement(() => {
          const { result, indexes } = tf.maxPoolWithArgmax(
            random('x', shape) as tf.Tensor4D,
            size,
            strides,
            pad,
            true,
          );
          return [result!, indexes!];
        });
      }),
      { seed: 5, numRuns: 30 },
    );
  });

  it('sends the gradient of a window of negative numbers to the largest, which the stock kernel loses', () => {
    const [slope] = computedOn('wasm', () =>
      tf.grad((x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(
        tf.tensor4d([-4, -1, -2, -3], [1, 2, 2, 1]),
      ),
    );
    expect([...slope!]).toEqual([0, 1, 0, 0]);
  });

  it('refuses places that are counted within each image', () => {
    void tf.setBackend('wasm');
    expect(() =>
      tf.maxPoolWithArgmax(random('x', [1, 2, 2, 1]) as tf.Tensor4D, 2, 2, 'valid', false),
    ).toThrow('maxPoolWithArgmax: expected includeBatchInIndex on wasm');
  });
});
