import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { parameter } from '../../../../src/engine/onnx/build.ts';
import {
  hasUnitStride,
  unitStrideByFilter,
  unitStrideByPicture,
} from '../../../../src/engine/onnx/layout/unit-stride.ts';
import { expectSame, noise } from '../agree.ts';
import { written } from '../passes/graphs.ts';

const lying = (name: string, ...shape: number[]) => parameter(`input/${name}`, shape, 'float32');

describe('convolutions of unit stride', () => {
  it('are those that neither leave pixels out nor spread them', () => {
    expect(hasUnitStride({ strides: [1, 1], dilations: [1, 1] })).toBe(true);
    expect(hasUnitStride({ strides: [1, 2], dilations: [1, 1] })).toBe(false);
    expect(hasUnitStride({ strides: [1, 1], dilations: [2, 1] })).toBe(false);
  });

  it.each([
    { filter: [3, 3], padding: 'same' },
    { filter: [3, 3], padding: 'valid' },
    { filter: [4, 2], padding: 'same' },
    { filter: [5, 1], padding: 'same' },
    { filter: [1, 1], padding: 'valid' },
    { filter: [3, 3], padding: 2 },
  ])('have the gradients of the cpu engine: filters of $filter, padding $padding', async (form) => {
    const [height, width] = form.filter as [number, number];
    const of = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.conv2d(x, filter, 1, form.padding as 'same');
    await expectSame('conv2d', of, [noise('x', 2, 9, 8, 3), noise('filter', height, width, 3, 5)]);
  });

  it('have no convolution for gradient where the padding is wider than the filter', async () => {
    const [dy, filter] = [lying('dy', 2, 5, 11, 11), lying('filter', 5, 3, 3, 3)];
    expect(unitStrideByPicture(dy, filter, [7, 7], [3, 3, 3, 3])).toBeUndefined();
    const of = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.conv2d(x, filter, 1, 3);
    await expectSame('conv2d', of, [noise('x', 2, 7, 7, 3), noise('filter', 3, 3, 3, 5)]);
  });

  it('multiply once for each column of the filter', () => {
    const [x, dy] = [lying('x', 3, 2, 6, 6), lying('dy', 5, 2, 6, 6)];
    const gradient = unitStrideByFilter(x, dy, [3, 3, 3, 5], [1, 1, 1, 1]);
    expect(gradient.shape).toEqual([3, 3, 3, 5]);
    expect(written(gradient).match(/MatMul/g)).toHaveLength(3);
  });
});
