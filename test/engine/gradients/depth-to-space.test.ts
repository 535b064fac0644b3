import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { depthToSpaceGradient } from '../../../src/engine/gradients/depth-to-space.ts';
import { cpuEngine } from '../../../src/engine/index.ts';
import { expectRight } from './check.ts';

describe('the gradient of depthToSpace', () => {
  beforeAll(async () => void (await cpuEngine()));

  it.each([
    [2, [2, 3, 2, 4]],
    [3, [1, 1, 2, 18]],
  ])('is right for blocks of %i', (block, shape) => {
    expectRight({ inputs: { x: shape }, of: ({ x }) => tf.depthToSpace(x as tf.Tensor4D, block, 'NHWC') });
  });

  it('puts every element back where it came from', () => {
    const x = tf.tensor4d([...Array(16).keys()], [1, 2, 2, 4]);
    const back = tf.grad((at: tf.Tensor) =>
      tf.sum(tf.mul(0.5, tf.square(tf.depthToSpace(at as tf.Tensor4D, 2, 'NHWC')))),
    );
    expect(back(x).arraySync()).toEqual(x.arraySync());
  });

  it('is refused for channels first', () => {
    const attributes = { blockSize: 2, dataFormat: 'NCHW' };
    const { x } = depthToSpaceGradient.gradFunc(tf.zeros([1, 1, 4, 4]), [tf.zeros([1, 4, 2, 2])], attributes);
    expect(() => x!()).toThrow('depthToSpace: has a gradient only for NHWC, got NCHW');
  });
});
