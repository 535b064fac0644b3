import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSame, noise } from '../../agree.ts';

const sizes = fc.record({
  height: fc.integer({ min: 5, max: 9 }),
  width: fc.integer({ min: 5, max: 9 }),
  kernel: fc.constantFrom(1, 3, 4, 5),
  strides: fc.constantFrom<[number, number]>([1, 1], [2, 2], [3, 2]),
  padding: fc.constantFrom('same', 'valid'),
});

describe('matrix products', () => {
  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])(
    'agree to second order when transposed (%s, %s), alone and in stacks',
    async (transposeA, transposeB) => {
      const of = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB);
      const [a, b] = [transposeA ? [4, 3] : [3, 4], transposeB ? [2, 4] : [4, 2]] as const;
      await expectSame('matMul', of, [noise('a', ...a), noise('b', ...b)]);
      await expectSame('matMul', of, [noise('a', 5, ...a), noise('b', 5, ...b)]);
      await expectSame('matMul', of, [noise('a', 5, ...a), noise('b', 1, ...b)], { order: 0 });
    },
  );

  it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const)(
    'agree when fused with %s',
    (activation) =>
      expectSame(
        'fused',
        (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
          tf.fused.matMul({ a, b, bias, activation, leakyreluAlpha: 0.1 }),
        [noise('a', 3, 4), noise('b', 4, 2), noise('bias', 2)],
        { order: 0 },
      ),
  );
});

describe('convolutions', () => {
  it('agree to second order over sizes, filters, strides and paddings', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ height, width, kernel, strides, padding }) => {
        const of = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.conv2d(x, filter, strides, padding as never);
        await expectSame('conv2d', of, [
          noise('x', 2, height, width, 3),
          noise('filter', kernel, kernel, 3, 2),
        ]);
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  it('agree with the padding given as a number', async () => {
    for (const [kernel, stride] of [
      [3, 1],
      [4, 2],
      [3, 2],
    ] as const) {
      const of = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.conv2d(x, filter, stride, 1);
      await expectSame('padded', of, [noise('x', 2, 8, 7, 3), noise('filter', kernel, kernel, 3, 2)]);
    }
  });

  it('agree when transposed, as generators use them', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ kernel, strides: [stride] }) => {
        const of = (x: tf.Tensor4D, filter: tf.Tensor4D) =>
          tf.conv2dTranspose(x, filter, [2, 4 * stride, 3 * stride, 2], stride, 'same');
        await expectSame('conv2dTranspose', of, [
          noise('x', 2, 4, 3, 3),
          noise('filter', kernel, kernel, 2, 3),
        ]);
      }),
      { numRuns: 6, seed: 2 },
    );
  });

  it.each(['linear', 'relu', 'leakyrelu'] as const)('agree when fused with %s', (activation) =>
    expectSame(
      'fused',
      (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D) =>
        tf.fused.conv2d({ x, filter, bias, strides: 2, pad: 'same', activation, leakyreluAlpha: 0.1 }),
      [noise('x', 2, 5, 6, 3), noise('filter', 3, 3, 3, 2), noise('bias', 2)],
      { order: 0 },
    ),
  );

  it('agree when dilated', async () => {
    const of = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.conv2d(x, filter, 1, 'same', 'NHWC', 2);
    await expectSame('dilated', of, [noise('x', 2, 7, 6, 2), noise('filter', 3, 3, 2, 2)], { order: 1 });
  });

  it('agree in the company of operations that see pictures as NHWC', async () => {
    const of = (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor, dense: tf.Tensor2D) => {
      const y = tf.leakyRelu(tf.add(tf.conv2d(x, filter, 2, 'same'), bias), 0.2);
      const normal = tf.sub(y, tf.mean(y, [1, 2, 3], true));
      const parts = tf.concat(
        [
          normal,
          tf.slice(
            tf.pad(normal, [
              [0, 0],
              [0, 1],
              [0, 0],
              [0, 0],
            ]),
            [0, 1, 0, 0],
            [-1, 3, -1, -1],
          ),
        ],
        3,
      );
      return tf.matMul(tf.reshape(parts, [2, -1]) as tf.Tensor2D, dense);
    };
    await expectSame('mixed', of, [
      noise('x', 2, 6, 6, 2),
      noise('f', 3, 3, 2, 4),
      noise('b', 4),
      noise('d', 72, 3),
    ]);
  });
});
