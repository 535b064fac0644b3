import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { runKernel } from '../../../src/engine/gradients/kernel.ts';
import { cpuEngine } from '../../../src/engine/index.ts';

it('runKernel runs a kernel on the tape', async () => {
  await cpuEngine();
  const step = (x: tf.Tensor) => runKernel(tf.LeakyRelu, { x }, { alpha: 0.5 });
  expect(step(tf.tensor1d([-2, 2])).arraySync()).toEqual([-1, 2]);
  expect(
    tf
      .grad(step)(tf.tensor1d([-2, 2]))
      .arraySync(),
  ).toEqual([0.5, 1]);
});
