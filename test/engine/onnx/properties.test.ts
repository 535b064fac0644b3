import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSame, noise } from './agree.ts';

const check = <T>(property: fc.IAsyncProperty<T>, numRuns: number) =>
  fc.assert(property, { numRuns, seed: 1 });

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** A shape that broadcasts with another: some axes in front left out, some set to 1. */
const broadcast = (shape: readonly number[]) =>
  fc
    .tuple(
      fc.integer({ min: 0, max: shape.length - 1 }),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    )
    .map(([from, ones]) => shape.slice(from).map((size, i) => (ones[i] ? 1 : size)));

const pairs = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  maximum: tf.maximum,
  squaredDifference: tf.squaredDifference,
};
const reductions = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min, logSumExp: tf.logSumExp };

/**
 * Steps from picture to picture, as layers of networks take them; each works on any picture of at
 * least 2 x 2 x 2.
 */
const steps: Readonly<Record<string, (x: tf.Tensor4D) => tf.Tensor>> = {
  convolution: (x) => tf.conv2d(x, filter(3, 3, x.shape[3], 4), 2, 'same'),
  'small convolution': (x) => tf.conv2d(x, filter(1, 1, x.shape[3], 2), 1, 'valid'),
  'transposed convolution': (x) => {
    const [batch, height, width, channels] = x.shape;
    return tf.conv2dTranspose(x, filter(4, 4, 2, channels), [batch, 2 * height, 2 * width, 2], 2, 'same');
  },
  bias: (x) => tf.add(x, tf.linspace(-0.5, 0.5, x.shape[3])),
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  tanh: tf.tanh,
  'instance norm': (x) => {
    const { mean, variance } = tf.moments(x, [1, 2], true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 0.1)));
  },
  'mean of channels beside them': (x) => tf.concat([x, tf.mean(x, 3, true)], 3),
  'both halves': (x) => tf.concat([tf.slice(x, [0, 0, 0, 0], [-1, -1, 1, -1]), tf.tanh(x)], 2),
  pad: (x) => tf.pad(x, [[0, 0], [1, 0], [0, 1], [0, 0]]), // biome-ignore format: one line
  reverse: (x) => tf.reverse(x, [1, 3]),
  'rows for columns': (x) => tf.transpose(x, [0, 2, 1, 3]),
  'channels for rows': (x) => tf.transpose(x, [0, 3, 2, 1]),
  'pool of maxima': (x) => tf.maxPool(x, 2, 2, 'same'),
  'pool of means': (x) => tf.avgPool(x, 2, 1, 'valid'),
  upsampling: (x) => tf.image.resizeNearestNeighbor(x, [2 * x.shape[1], 2 * x.shape[2]]),
  bilinear: (x) => tf.image.resizeBilinear(x, [3, 4]),
  attention: (x) => {
    const flat = tf.reshape(x, [x.shape[0], -1, x.shape[3]]);
    return tf.reshape(tf.matMul(tf.softmax(tf.matMul(flat, flat, false, true)), flat), x.shape);
  },
  'dense over channels': (x) => {
    const [batch, height, width, channels] = x.shape;
    const rows = tf.reshape(x, [-1, channels]) as tf.Tensor2D;
    return tf.reshape(tf.matMul(rows, tf.reshape(filter(1, 1, channels, 3), [channels, 3])), [
      batch,
      height,
      width,
      3,
    ]);
  },
  'as one row and back': (x) => tf.reshape(tf.mul(tf.reshape(x, [x.shape[0], -1]), 1.5), x.shape),
};

/**
 * Numbers between -1 and 1 that look like chance, computed from places so that nothing is baked
 * into a program.
 */
function filter(...shape: [number, number, number, number]): tf.Tensor4D {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.mul(tf.sin(tf.reshape(tf.mul(tf.range(1, size + 1), 1.7), shape)), 0.5) as tf.Tensor4D;
}

describe('properties: the compiled engine agrees with the cpu engine to second order', () => {
  it('when shapes are broadcast', () =>
    check(
      fc.asyncProperty(
        shapes.chain((shape) => fc.tuple(fc.constant(shape), broadcast(shape), fc.boolean())),
        fc.constantFrom(...Object.entries(pairs)),
        async ([shape, other, swapped], [name, of]) => {
          const given = [noise('a', ...shape), noise('b', ...other)];
          await expectSame(name, of, swapped ? given.reverse() : given);
        },
      ),
      25,
    ));

  it('when axes are reduced, kept or not', () =>
    check(
      fc.asyncProperty(
        shapes.chain((shape) =>
          fc.tuple(
            fc.constant(shape),
            fc.subarray(
              shape.map((_, i) => i),
              { minLength: 1 },
            ),
          ),
        ),
        fc.boolean(),
        fc.constantFrom(...Object.entries(reductions)),
        async ([shape, axes], keep, [name, of]) =>
          expectSame(name, (x: tf.Tensor) => of(tf.mul(x, 1.1), axes, keep), [noise('x', ...shape)]),
      ),
      25,
    ));

  it('when axes change places', () =>
    check(
      fc.asyncProperty(
        shapes.chain((shape) =>
          fc.tuple(
            fc.constant(shape),
            fc.shuffledSubarray(
              shape.map((_, i) => i),
              { minLength: shape.length },
            ),
          ),
        ),
        ([shape, order]) =>
          expectSame('transpose', (x: tf.Tensor) => tf.square(tf.transpose(x, order)), [
            noise('x', ...shape),
          ]),
      ),
      20,
    ));

  it('in pools of any size, stride and padding', () =>
    check(
      fc.asyncProperty(
        fc.integer({ min: 4, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('same', 'valid'),
        async (height, size, stride, padding) => {
          const x = noise('x', 2, height, 5, 2);
          await expectSame(
            'max',
            (x: tf.Tensor4D) => tf.square(tf.maxPool(x, size, stride, padding as never)),
            [x],
          );
          await expectSame('mean', (x: tf.Tensor4D) => tf.square(tf.avgPool(x, size, stride, 'valid')), [x]);
        },
      ),
      12,
    ));

  it('in layers one after the other, whatever the order in which tensors come to lie', () =>
    check(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 2, maxLength: 5 }),
        async (names) => {
          const chain = (x: tf.Tensor) =>
            names.reduce<tf.Tensor>((y, name) => steps[name]!(y as tf.Tensor4D), x);
          await expectSame(names.join(', '), chain, [noise('x', 2, 4, 6, 2)], { tolerance: 5e-5 });
        },
      ),
      25,
    ));
});
