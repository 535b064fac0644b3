import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';

it('the gradient of leaky relu is its slope on each side, and that of the kink is the lower one', async () => {
  await cpuEngine();
  const slope = tf.grad((x: tf.Tensor) => tf.leakyRelu(x, 0.25));
  expect(slope(tf.tensor1d([-3, 0, 2]), tf.tensor1d([1, 1, 7])).arraySync()).toEqual([0.25, 0.25, 7]);
});
