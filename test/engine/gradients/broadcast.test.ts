import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine, keyOf, normals } from '../../../src/engine/index.ts';
import { expectRight } from './check.ts';

const random = (name: string, shape: number[]) =>
  tf.tensor(normals(keyOf(1, name), shape).data as Float32Array, shape);

describe('the gradient of an operand that is broadcast', () => {
  beforeAll(async () => void (await cpuEngine()));

  describe.each([
    ['maximum', tf.maximum],
    ['minimum', tf.minimum],
    ['squaredDifference', tf.squaredDifference],
  ])('by %s', (_, operation) => {
    it.each([
      [[2, 3], [3]],
      [
        [2, 1],
        [2, 3],
      ],
      [[], [2, 3]],
      [
        [1, 3],
        [2, 1],
      ],
      [
        [2, 3],
        [2, 3],
      ],
    ])('is the sum of those of its copies, shapes [%s] and [%s]', (shapeA, shapeB) => {
      const [a, b] = [random('a', shapeA), random('b', shapeB)];
      const spread = (x: tf.Tensor) => tf.add(x, tf.zeros([2, 3]));
      const ours = tf.grads((x: tf.Tensor, y: tf.Tensor) => operation(x, y))([a, b]);
      const expected = tf.grads((x: tf.Tensor, y: tf.Tensor) => operation(spread(x), spread(y)))([a, b]);
      expect(ours.map((gradient) => gradient.arraySync())).toEqual(
        expected.map((gradient) => gradient.arraySync()),
      );
    });
  });

  it.each([
    [
      [2, 3, 4],
      [4, 5],
    ],
    [
      [3, 4],
      [2, 4, 5],
    ],
    [
      [1, 3, 4],
      [2, 4, 5],
    ],
  ])('by matMul is the sum over the batch, shapes [%s] and [%s]', (a, b) => {
    expectRight({ inputs: { a, b }, of: (x) => tf.matMul(x.a!, x.b!) });
  });
});
