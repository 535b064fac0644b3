import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';
import { expectRight } from './check.ts';

describe('the gradient of tile', () => {
  beforeAll(async () => void (await cpuEngine()));

  it.each([
    [[3], [4]],
    [
      [2, 3],
      [2, 3],
    ],
    [
      [1, 3],
      [4, 1],
    ],
    [
      [2, 1, 2, 1, 2],
      [1, 3, 2, 1, 2],
    ],
  ])('of shape [%s] repeated [%s] times is right', (shape, reps) => {
    expectRight({ inputs: { x: shape }, of: ({ x }) => tf.tile(x!, reps) });
  });

  it('adds up the copies', () => {
    const slope = tf.grad((x: tf.Tensor) => tf.tile(x, [2, 2]))(
      tf.zeros([1, 2]),
      tf.tensor2d([[1, 2, 3, 4], [5, 6, 7, 8]]), // biome-ignore format: one line
    );
    expect(slope.arraySync()).toEqual([[16, 20]]);
  });
});
