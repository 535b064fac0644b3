import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectAgreement, random, startEngines } from './agree.ts';

type Four = [number, number, number, number];
const small = (max: number, min = 1) => fc.integer({ min, max });

const convolutions = fc
  .record({
    batch: small(3),
    height: small(11, 5),
    width: small(11, 5),
    channelsIn: small(5),
    channelsOut: small(5),
    filterHeight: small(5),
    filterWidth: small(5),
    strides: fc.tuple(small(3), small(3)),
    pad: fc.constantFrom('same', 'valid', 0, 1, 2),
  })
  .map((c) => {
    const square = typeof c.pad === 'number';
    return {
      x: [c.batch, c.height, c.width, c.channelsIn] as Four,
      filter: [c.filterHeight, square ? c.filterHeight : c.filterWidth, c.channelsIn, c.channelsOut] as Four,
      strides: square ? c.strides[0] : c.strides,
      pad: c.pad as 'same',
      rounding: square ? ('floor' as const) : undefined,
    };
  });

describe('a convolution on wasm', () => {
  beforeAll(startEngines);

  it('agrees with cpu for all shapes, strides and paddings', () => {
    fc.assert(
      fc.property(convolutions, ({ x, filter, strides, pad, rounding }) => {
        expectAgreement(() =>
          tf.conv2d(
            random('x', x) as tf.Tensor4D,
            random('filter', filter) as tf.Tensor4D,
            strides,
            pad,
            'NHWC',
            1,
            rounding,
          ),
        );
      }),
      { seed: 2, numRuns: 80 },
    );
  });

  it('agrees with cpu for strides beyond the filter and for dilations', () => {
    const x = () => random('x', [1, 8, 7, 2]) as tf.Tensor4D;
    const filter = () => random('filter', [2, 2, 2, 3]) as tf.Tensor4D;
    expectAgreement(() => tf.conv2d(x(), filter(), 3, 'same'));
    expectAgreement(() => tf.conv2d(x(), filter(), 1, 'same', 'NHWC', [2, 3]));
  });

  it('refuses what TensorFlow.js computes a wrong size for, so that the stock kernel writes beyond its memory', () => {
    void tf.setBackend('wasm');
    const x = random('x', [2, 7, 7, 2]) as tf.Tensor4D;
    const filter = random('filter', [2, 4, 2, 2]) as tf.Tensor4D;
    expect(() => tf.conv2d(x, filter, 1, 2, 'NHWC', 1, 'floor')).toThrow(
      'conv2d: expected a square filter and equal strides with a number for padding, got 2x4 and 1x1',
    );
  });
});

describe('the gradients of a convolution on wasm', () => {
  beforeAll(startEngines);

  it('agree with cpu for all shapes, strides and paddings, by the input and by the filter', () => {
    fc.assert(
      fc.property(convolutions, ({ x, filter, strides, pad, rounding }) => {
        expectAgreement(() =>
          tf.grads((a: tf.Tensor, b: tf.Tensor) => {
            const out = tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad, 'NHWC', 1, rounding);
            return tf.mul(out, random('dy', out.shape));
          })([random('x', x), random('filter', filter)]),
        );
      }),
      { seed: 3, numRuns: 80 },
    );
  });

  it('agree with cpu where they take several blocks of patches', () => {
    expectAgreement(() =>
      tf.grads((a: tf.Tensor, b: tf.Tensor) =>
        tf.square(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same')),
      )([random('x', [3, 15, 14, 4]), random('filter', [3, 3, 4, 5])]),
    );
  });

  it('agree with cpu for stretches long enough to be copied whole', () => {
    expectAgreement(() =>
      tf.grads((a: tf.Tensor, b: tf.Tensor) =>
        tf.square(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same')),
      )([random('x', [2, 6, 6, 32]), random('filter', [4, 4, 32, 3])]),
    );
  });

  it('agree with cpu for a transposed convolution', () => {
    expectAgreement(() =>
      tf.conv2dTranspose(
        random('x', [2, 4, 5, 3]) as tf.Tensor4D,
        random('filter', [4, 4, 2, 3]) as tf.Tensor4D,
        [2, 8, 10, 2],
        2,
        'same',
      ),
    );
  });

  it('refuse channels first', () => {
    void tf.setBackend('wasm');
    const attributes = { strides: 1, pad: 'valid', dataFormat: 'NCHW', filterShape: [1, 1, 1, 1] };
    const [x, dy] = [random('x', [1, 1, 2, 2]), random('dy', [1, 1, 2, 2])];
    expect(() => tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, attributes)).toThrow(
      'conv2d: expected NHWC on wasm, got NCHW',
    );
  });
});
