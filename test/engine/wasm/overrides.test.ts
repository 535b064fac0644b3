import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEngines } from './agree.ts';

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
