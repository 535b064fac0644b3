import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../../src/engine/index.ts';
import { expectRight } from './check.ts';

describe('the gradient of mirrorPad', () => {
  beforeAll(async () => void (await cpuEngine()));

  it('counts each element as often as it was copied', () => {
    const counts = (mode: 'reflect' | 'symmetric') =>
      tf
        .grad((x: tf.Tensor) => tf.mirrorPad(x, [[2, 1]], mode))(tf.zeros([4]))
        .arraySync();
    // [c b] a b c d [c] and [b a] a b c d [d]
    expect(counts('reflect')).toEqual([1, 2, 3, 1]);
    expect(counts('symmetric')).toEqual([2, 2, 1, 2]);
  });

  it.each(['reflect', 'symmetric'] as const)('is right for images, %s', (mode) => {
    const padding: [number, number][] = [[0, 0], [1, 2], [2, 1], [0, 0]]; // biome-ignore format: one line
    expectRight({ inputs: { x: [2, 3, 4, 1] }, of: ({ x }) => tf.mirrorPad(x!, padding, mode) });
  });

  it('is right where nothing is padded', () => {
    expectRight({ inputs: { x: [3] }, of: ({ x }) => tf.mirrorPad(x!, [[0, 0]], 'reflect') });
  });
});
