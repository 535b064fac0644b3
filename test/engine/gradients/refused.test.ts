import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';

const image = () => tf.ones([1, 4, 4, 2]) as tf.Tensor4D;
const filter = () => tf.ones([2, 2, 2, 1]) as tf.Tensor4D;

/** The gradient of the squared norm of the gradient of a function. */
function twice(of: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor {
  return tf.grad((at: tf.Tensor) => tf.sum(tf.square(tf.grad(of)(at))))(x);
}

describe('a gradient that is missing is refused with what to use instead', () => {
  beforeAll(async () => void (await cpuEngine()));

  it.each<[string, (x: tf.Tensor) => tf.Tensor, () => tf.Tensor, string]>([
    ['einsum', (x) => tf.einsum('ij->ji', x), () => tf.ones([2, 2]), 'Einsum: has no gradient; use matMul'],
    ['stridedSlice', (x) => tf.stridedSlice(x, [0], [2], [1]), () => tf.ones([3]), 'StridedSlice: has no gradient; use slice'],
    ['prod', (x) => tf.prod(x), () => tf.ones([3]), 'Prod: has no gradient; use exp(sum(log(x)))'],
    ['cumprod', (x) => tf.cumprod(x), () => tf.ones([3]), 'Cumprod: has no gradient'],
  ])('%s', (_, of, x, rule) => {
    expect(() => tf.grad(of)(x())).toThrow(rule);
  }); // biome-ignore format: a table

  it.each<[string, (x: tf.Tensor) => tf.Tensor, string]>([
    ['depthwiseConv2d', (x) => tf.square(tf.depthwiseConv2d(x as tf.Tensor4D, filter(), 1, 'same')), 'use conv2d'],
    ['localResponseNormalization', (x) => tf.localResponseNormalization(x as tf.Tensor4D), 'use x divided by'],
  ])('%s, the second time', (_, of, rule) => {
    expect(tf.grad(of)(image()).shape).toEqual([1, 4, 4, 2]);
    expect(() => twice(of, image())).toThrow(rule);
  }); // biome-ignore format: a table
});
