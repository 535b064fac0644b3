import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { computedOn, expectAgreement, random, startEngines } from './agree.ts';

/**
 * What the networks of this repository are made of, and their gradients of both orders (design:
 * about 60 kernels).
 */
const needed =
  'Abs Add AddN ArgMax AvgPool AvgPoolGrad BatchMatMul Cast ClipByValue Concat Conv2D Conv2DBackpropFilter ' +
  'Conv2DBackpropInput Cumsum DepthToSpace Elu EluGrad Equal Erf Exp ExpandDims Expm1 Fill Floor FusedBatchNorm ' +
  'GatherV2 Greater GreaterEqual Identity LeakyRelu Less LessEqual Log Log1p LogicalAnd LogicalNot LogicalOr Max ' +
  'MaxPool MaxPoolGrad MaxPoolWithArgmax Maximum Mean Min Minimum MirrorPad Multiply Neg NotEqual OneHot OnesLike ' +
  'Pack PadV2 Pow Prelu Prod RealDiv Reciprocal Relu Relu6 Reshape ResizeNearestNeighbor Reverse Rsqrt Select Selu ' +
  'Sigmoid Sign Slice Softmax Softplus SplitV Sqrt Square SquaredDifference Step Sub Sum Tanh Tile Transpose Unpack ' +
  'UnsortedSegmentSum ZerosLike';

describe('the kernels of the wasm engine', () => {
  beforeAll(startEngines);

  it.each(['wasm', 'cpu'])('are complete, as those of cpu: %s', (backend) => {
    const there = new Set(tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName));
    expect(needed.split(' ').filter((kernel) => !there.has(kernel))).toEqual([]);
  });

  it('are replaced once, however often the engine is opened', async () => {
    const kernel = tf.getKernel(tf.BatchMatMul, 'wasm');
    await startEngines();
    expect(tf.getKernel(tf.BatchMatMul, 'wasm')).toBe(kernel);
  });
});

describe('leaky relu on wasm', () => {
  beforeAll(startEngines);

  it.each([[[5]], [[3, 1]], [[7, 33]], [[2, 4, 5, 6]]])('agrees with cpu for shape [%s]', (shape) => {
    for (const alpha of [0, 0.2, 1.5]) expectAgreement(() => tf.leakyRelu(random('x', shape), alpha));
  });

  it('keeps zeros, infinities and what is not a number', () => {
    const [out] = computedOn('wasm', () =>
      tf.leakyRelu(tf.tensor1d([0, -Infinity, Infinity, Number.NaN]), 0.5),
    );
    expect([...out!]).toEqual([0, -Infinity, Infinity, Number.NaN]);
  });
});
