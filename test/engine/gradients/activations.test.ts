import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';

it('the second derivative of elu is e^x below 0 and 0 above, on both paths', async () => {
  await cpuEngine();
  const slope = tf.grad((x: tf.Tensor) => tf.sum(tf.elu(x)));
  const bend = tf.grad((x: tf.Tensor) => tf.sum(slope(x)))(tf.tensor1d([-1, -0.1, 0.1, 2]));
  const [a, b, c, d] = bend.arraySync() as number[];
  expect(a).toBeCloseTo(Math.exp(-1), 6);
  expect(b).toBeCloseTo(Math.exp(-0.1), 6);
  expect([c, d]).toEqual([0, 0]);
});

it('the gradient of leaky relu is its slope on each side, and that of the kink is the lower one', async () => {
  await cpuEngine();
  const slope = tf.grad((x: tf.Tensor) => tf.leakyRelu(x, 0.25));
  expect(slope(tf.tensor1d([-3, 0, 2]), tf.tensor1d([1, 1, 7])).arraySync()).toEqual([0.25, 0.25, 7]);
});
