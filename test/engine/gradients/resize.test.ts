import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';
import { expectRight } from './check.ts';

const resize = (size: [number, number], alignCorners = false, halfPixels = false) => ({
  inputs: { x: [2, 2, 3, 2] },
  of: ({ x }: Readonly<Record<string, tf.Tensor>>) =>
    tf.image.resizeNearestNeighbor(x as tf.Tensor4D, size, alignCorners, halfPixels),
});

describe('the gradient of nearest-neighbour upsampling', () => {
  beforeAll(async () => void (await cpuEngine()));

  it.each<[[number, number], boolean]>([
    [[4, 6], false],
    [[6, 3], false],
    [[4, 6], true],
    [[2, 3], false],
  ])('is right for a size of %j, half pixels: %s', (size, halfPixels) => {
    expectRight(resize(size, false, halfPixels));
  });

  it.each<[[number, number], boolean]>([
    [[3, 6], false],
    [[1, 3], false],
    [[4, 6], true],
  ])('is refused for a size of %j, aligned corners: %s', (size, alignCorners) => {
    const { of } = resize(size, alignCorners);
    expect(() => tf.grad((x: tf.Tensor) => of({ x }))(tf.zeros([2, 2, 3, 2]))).toThrow(
      `resizeNearestNeighbor: has a gradient only for whole factors and without alignCorners, got 2x3 to ${size[0]}x${size[1]}`,
    );
  });
});

describe('the gradient of bilinear resizing', () => {
  beforeAll(async () => void (await cpuEngine()));

  it('gives each element its share in what was made of it', () => {
    // From [a, b] to four columns at 0, 0.5, 1 and 1.5 (beyond the edge: b): a, (a + b) / 2, b, b.
    const wider = (x: tf.Tensor) =>
      tf.image.resizeBilinear(tf.reshape(x, [1, 1, 2, 1]) as tf.Tensor4D, [1, 4]);
    const weights = tf.tensor4d([1, 10, 100, 1000], [1, 1, 4, 1]);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(wider(x), weights)));
    expect(gradient(tf.tensor1d([3, 4])).arraySync()).toEqual([6, 1105]);
  });
});
