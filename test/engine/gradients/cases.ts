import * as tf from '@tensorflow/tfjs-core';
import type { Case } from './check.ts';

const one = (
  of: (x: tf.Tensor) => tf.Tensor,
  shape: readonly number[] = [3, 4],
  range?: [number, number],
): Case => ({
  inputs: { x: shape },
  ...(range ? { range } : {}),
  of: ({ x }) => of(x!),
});
const positive: [number, number] = [0.4, 1.6];
const two = (
  of: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  a: readonly number[],
  b: readonly number[],
  range?: [number, number],
): Case => ({ inputs: { a, b }, ...(range ? { range } : {}), of: (x) => of(x.a!, x.b!) });

const layerNorm = ({ x, gain, bias }: Readonly<Record<string, tf.Tensor>>) => {
  const { mean, variance } = tf.moments(x!, -1, true);
  return tf.add(tf.mul(tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, 1e-3))), gain!), bias!);
};
const batchNorm = ({ x, gain, bias }: Readonly<Record<string, tf.Tensor>>) => {
  const { mean, variance } = tf.moments(x!, [0, 1, 2]);
  return tf.add(tf.mul(tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, 1e-3))), gain!), bias!);
};
const attention = ({ q, k, v }: Readonly<Record<string, tf.Tensor>>) =>
  tf.matMul(tf.softmax(tf.mul(tf.matMul(q!, k!, false, true), 0.5)), v!);

/** Every operation that a penalised critic may use. */
export const cases: Readonly<Record<string, Case>> = {
  abs: one(tf.abs),
  add: two(tf.add, [3, 4], [4]),
  attention: { inputs: { q: [2, 3, 4], k: [2, 5, 4], v: [2, 5, 2] }, of: attention },
  'attention of one sequence': { inputs: { q: [3, 4], k: [5, 4], v: [5, 2] }, of: attention },
  'average pooling by reshape': one((x) => tf.mean(tf.reshape(x, [4, 2, 3, 2, 2]), [1, 3]), [2, 4, 6, 2]),
  avgPool: one((x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid'), [2, 5, 6, 2]),
  'batch norm, composed': { inputs: { x: [3, 2, 2, 2], gain: [2], bias: [2] }, of: batchNorm },
  batchNorm: {
    inputs: { x: [3, 2, 2, 2], mean: [2], variance: [2], offset: [2], scale: [2] },
    range: positive,
    of: ({ x, mean, variance, offset, scale }) =>
      tf.batchNorm(
        x!,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        1e-3,
      ),
  },
  broadcastTo: one((x) => tf.broadcastTo(x, [2, 3, 4]), [3, 1]),
  cast: one((x) => tf.mul(x, tf.cast(tf.greater(x, 0.4), 'float32'))),
  clipByValue: one((x) => tf.clipByValue(x, -0.6, 0.6)),
  concat: two((a, b) => tf.concat([a, b], 1), [3, 2], [3, 3]),
  conv2dTranspose: two(
    (a, b) => tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, [2, 6, 7, 2], 2, 'same'),
    [2, 3, 4, 3],
    [4, 4, 2, 3],
  ),
  cumsum: one((x) => tf.cumsum(x, 1)),
  depthToSpace: one((x) => tf.depthToSpace(x as tf.Tensor4D, 2, 'NHWC'), [2, 2, 3, 8]),
  div: two(tf.div, [3, 4], [4], positive),
  elu: one(tf.elu),
  erf: one(tf.erf),
  exp: one(tf.exp),
  expm1: one(tf.expm1),
  gather: one((x) => tf.gather(x, tf.tensor1d([2, 0, 2, 1], 'int32'))),
  'gather of columns': one((x) => tf.gather(x, tf.tensor1d([3, 0, 3], 'int32'), 1)),
  'gather in batches': one((x) => tf.gather(x, tf.tensor2d([[2, 0], [1, 1], [0, 3]], [3, 2], 'int32'), 1, 1)), // biome-ignore format: one line
  gatherND: one((x) => tf.gatherND(x, tf.tensor2d([[2, 0], [1, 3], [2, 0]], [3, 2], 'int32'))), // biome-ignore format: one line
  'gatherND of rows': one((x) => tf.gatherND(x, tf.tensor2d([[2], [0]], [2, 1], 'int32'))),
  'l2 norm': one((x) => tf.norm(x, 2, 1)),
  'l2 norm with a floor': one((x) => tf.sqrt(tf.add(tf.sum(tf.square(x), 1), 1e-6))),
  'layer norm': { inputs: { x: [3, 5], gain: [5], bias: [5] }, of: layerNorm },
  leakyRelu: one((x) => tf.leakyRelu(x, 0.2)),
  log: one(tf.log, [3, 4], positive),
  log1p: one(tf.log1p, [3, 4], positive),
  logSigmoid: one(tf.logSigmoid),
  logSoftmax: one((x) => tf.logSoftmax(x)),
  logSumExp: one((x) => tf.logSumExp(x, 1)),
  'matMul of one matrix and a batch': two((a, b) => tf.matMul(a, b), [2, 3, 4], [2, 4, 2]),
  max: one((x) => tf.max(x, 1)),
  'max of all': one((x) => tf.max(x)),
  maxPool: one((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'same'), [1, 4, 5, 2]),
  maximum: two(tf.maximum, [3, 4], [4]),
  mean: one((x) => tf.mean(x, 0)),
  'mean of squares': one((x) => tf.mean(tf.square(x))),
  min: one((x) => tf.min(x, 0)),
  minimum: two(tf.minimum, [3, 4], [4]),
  'minibatch standard deviation': one((x) => tf.sqrt(tf.add(tf.moments(x, 0).variance, 1e-3))),
  mirrorPad: one((x) => tf.mirrorPad(x, [[1, 2], [2, 1]], 'reflect')), // biome-ignore format: one line
  'mirrorPad, symmetric': one((x) => tf.mirrorPad(x, [[2, 1], [0, 3]], 'symmetric')), // biome-ignore format: one line
  mul: two(tf.mul, [3, 4], [3, 1]),
  neg: one(tf.neg),
  'one-hot': one((x) => tf.matMul(tf.cast(tf.oneHot(tf.tensor1d([0, 2], 'int32'), 3), 'float32'), x)),
  pad: one((x) => tf.pad(x, [[1, 2], [0, 1]])), // biome-ignore format: one line
  pow: two(tf.pow, [3, 4], [4], positive),
  'pow of a number': one((x) => tf.pow(x, 3)),
  prelu: two(tf.prelu, [3, 4], [4]),
  reciprocal: one(tf.reciprocal, [3, 4], positive),
  relu: one(tf.relu),
  relu6: one((x) => tf.relu6(tf.mul(x, 8))),
  resizeNearestNeighbor: one((x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [6, 6]), [2, 3, 2, 2]),
  resizeBilinear: one((x) => tf.image.resizeBilinear(x as tf.Tensor4D, [6, 5]), [2, 3, 2, 2]),
  'resizeBilinear, aligned': one(
    (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [5, 4], true),
    [1, 3, 2, 2],
  ),
  'resizeBilinear, half pixels': one((x) => tf.image.resizeBilinear(x as tf.Tensor4D, [6, 4], false, true), [1, 3, 2, 2]), // biome-ignore format: one line
  'resizeBilinear, smaller': one((x) => tf.image.resizeBilinear(x as tf.Tensor4D, [2, 3]), [1, 5, 6, 1]),
  reverse: one((x) => tf.reverse(x, 1)),
  rsqrt: one(tf.rsqrt, [3, 4], positive),
  scatterND: one((x) => tf.scatterND(tf.tensor2d([[2], [0], [2]], [3, 1], 'int32'), x, [4, 4])),
  selu: one(tf.selu),
  sigmoid: one(tf.sigmoid),
  sin: one(tf.sin),
  slice: one((x) => tf.slice(x, [1, 0], [2, 3])),
  softmax: one((x) => tf.softmax(x)),
  softplus: one(tf.softplus),
  'batch to space': one((x) => tf.batchToSpaceND(x, [2, 2], [[0, 1], [1, 0]]), [4, 2, 2, 1]), // biome-ignore format: one line
  'space to batch': one((x) => tf.spaceToBatchND(x, [2, 2], [[0, 0], [1, 1]]), [2, 4, 2, 1]), // biome-ignore format: one line
  split: one((x) => {
    const [left, right] = tf.split(x, 2, 1);
    return tf.mul(left!, tf.tanh(right!));
  }),
  sqrt: one(tf.sqrt, [3, 4], positive),
  square: one(tf.square),
  squaredDifference: two(tf.squaredDifference, [3, 4], [4]),
  stack: two((a, b) => tf.stack([a, b]), [3, 4], [3, 4]),
  sub: two(tf.sub, [3, 4], [3, 1]),
  sum: one((x) => tf.sum(x, 0)),
  tanh: one(tf.tanh),
  'tanh among other paths': one((x) => tf.add(tf.mul(x, tf.tanh(x)), tf.square(x))),
  tile: one((x) => tf.tile(x, [2, 1, 3]), [2, 3, 2]),
  transpose: one((x) => tf.transpose(x, [2, 0, 1]), [2, 3, 2]),
  unstack: one((x) => tf.mul(tf.unstack(x)[0]!, tf.unstack(x)[2]!)),
  'upsampling by reshape': one(
    (x) => tf.reshape(tf.mul(tf.reshape(x, [2, 3, 1, 2, 1, 2]), tf.ones([1, 1, 2, 1, 2, 1])), [2, 6, 4, 2]),
    [2, 3, 2, 2],
  ),
  where: two((a, b) => tf.where(tf.greater(a, b), tf.square(a), tf.exp(b)), [3, 4], [3, 4]),
  ...Object.fromEntries(
    [0, 1, 2, 3].map((bits) => [
      `matMul ${bits & 1 ? 'transposed' : 'plain'} by ${bits & 2 ? 'transposed' : 'plain'}`,
      two(
        (a, b) => tf.matMul(a, b, (bits & 1) > 0, (bits & 2) > 0),
        bits & 1 ? [4, 3] : [3, 4],
        bits & 2 ? [2, 4] : [4, 2],
      ),
    ]),
  ),
  ...Object.fromEntries(
    [1, 3, 4].flatMap((kernel) =>
      [1, 2].flatMap((stride) =>
        (['same', 'valid', 1] as const).map((pad) => [
          `conv2d ${kernel}x${kernel}, stride ${stride}, pad ${pad}`,
          two(
            (a, b) =>
              tf.conv2d(
                a as tf.Tensor4D,
                b as tf.Tensor4D,
                stride,
                pad,
                'NHWC',
                1,
                pad === 1 ? 'floor' : undefined,
              ),
            [2, 5, 6, 2],
            [kernel, kernel, 2, 3],
          ),
        ]),
      ),
    ),
  ),
  'conv2d, dilated': two(
    (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same', 'NHWC', [2, 3]),
    [1, 5, 7, 2],
    [3, 2, 2, 2],
  ),
  critic: {
    inputs: { x: [4, 3], w1: [3, 5], b1: [5], w2: [5, 1] },
    of: ({ x, w1, b1, w2 }) => tf.matMul(tf.softplus(tf.add(tf.matMul(tf.tanh(x!), w1!), b1!)), w2!),
  },
};
