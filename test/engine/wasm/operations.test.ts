import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { expectAgreement, random, startEngines } from './agree.ts';

const x = () => random('x', [3, 4, 5]);
const y = () => random('y', [3, 4, 5]);
const below = () => tf.sub(tf.neg(tf.abs(x())), 1);
const above = () => tf.add(tf.abs(x()), 0.1);
const wide = () => tf.mul(x(), 40);
const whole = () => tf.cast(tf.mul(x(), 10), 'int32');
const truth = () => tf.greater(x(), 0);

const unary = {
  abs: tf.abs,
  ceil: tf.ceil,
  elu: tf.elu,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  floor: tf.floor,
  isNaN: (a: tf.Tensor) => tf.isNaN(tf.div(a, tf.zeros([1]))),
  leakyRelu: (a: tf.Tensor) => tf.leakyRelu(a, 0.2),
  logSigmoid: tf.logSigmoid,
  logSoftmax: (a: tf.Tensor) => tf.logSoftmax(a),
  neg: tf.neg,
  relu: tf.relu,
  relu6: tf.relu6,
  round: tf.round,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  sign: tf.sign,
  softmax: (a: tf.Tensor) => tf.softmax(a),
  softplus: tf.softplus,
  square: tf.square,
  step: (a: tf.Tensor) => tf.step(a, 0.3),
  tanh: tf.tanh,
} as const;

const binary = {
  add: tf.add,
  div: tf.div,
  equal: tf.equal,
  floorDiv: tf.floorDiv,
  greater: tf.greater,
  greaterEqual: tf.greaterEqual,
  less: tf.less,
  lessEqual: tf.lessEqual,
  maximum: tf.maximum,
  minimum: tf.minimum,
  mod: tf.mod,
  mul: tf.mul,
  notEqual: tf.notEqual,
  squaredDifference: tf.squaredDifference,
  sub: tf.sub,
} as const;

const reductions = {
  all: (a: tf.Tensor, axes: number[]) => tf.all(tf.greater(a, 0), axes),
  any: (a: tf.Tensor, axes: number[]) => tf.any(tf.greater(a, 0), axes),
  logSumExp: tf.logSumExp,
  max: tf.max,
  mean: tf.mean,
  min: tf.min,
  norm: (a: tf.Tensor, axes: number[]) => tf.norm(a, 'euclidean', axes.slice(0, 1)),
  sum: tf.sum,
  variance: (a: tf.Tensor, axes: number[]) => tf.moments(a, axes).variance,
} as const;

const others: Readonly<Record<string, () => tf.Tensor | tf.Tensor[]>> = {
  argMax: () => [tf.argMax(below(), 1), tf.argMax(x(), 2), tf.argMin(above(), 0)],
  'cast to int32': () => tf.cast(wide(), 'int32'),
  'cast to float32': () => [tf.cast(whole(), 'float32'), tf.cast(truth(), 'float32')],
  concat: () => [0, 1, 2].map((axis) => tf.concat([x(), y(), x()], axis)),
  cumsum: () => [tf.cumsum(x(), 1), tf.cumsum(x(), 2, true), tf.cumsum(x(), 2, false, true)],
  depthToSpace: () => tf.depthToSpace(random('x', [2, 3, 2, 8]) as tf.Tensor4D, 2, 'NHWC'),
  expandDims: () => tf.expandDims(x(), 1),
  fill: () => [tf.fill([2, 3], -1.5), tf.fill([2], 3, 'int32')],
  gather: () => [
    tf.gather(x(), tf.tensor1d([2, 0, 0], 'int32'), 1),
    tf.gather(whole(), tf.scalar(1, 'int32')),
  ],
  'integer arithmetic': () => [
    tf.add(whole(), 3),
    tf.mul(whole(), whole()),
    tf.sum(whole(), 1),
    tf.max(whole(), 2),
  ],
  logic: () => [
    tf.logicalAnd(truth(), tf.greater(y(), 0)),
    tf.logicalOr(truth(), tf.greater(y(), 0)),
    tf.logicalNot(truth()),
  ],
  mirrorPad: () => [
    tf.mirrorPad(x(), [[0, 0], [2, 1], [1, 3]], 'reflect'),
    tf.mirrorPad(x(), [[1, 2], [0, 0], [2, 2]], 'symmetric'),
  ], // biome-ignore format: paddings
  oneHot: () => tf.oneHot(tf.tensor1d([0, 2, 1, 5], 'int32'), 4),
  pad: () => [tf.pad(x(), [[1, 0], [0, 2], [3, 1]]), tf.pad(x(), [[1, 0], [0, 2], [3, 1]], -2)], // biome-ignore format: paddings
  pow: () => [tf.pow(above(), 2.5), tf.pow(x(), 3), tf.pow(above(), y())],
  prelu: () => tf.prelu(x(), random('alpha', [5])),
  prod: () => tf.prod(x(), 1),
  resizeNearestNeighbor: () =>
    tf.image.resizeNearestNeighbor(random('x', [2, 3, 4, 2]) as tf.Tensor4D, [6, 8]),
  reverse: () => [tf.reverse(x(), 1), tf.reverse(x(), [0, 2])],
  'roots and logarithms': () => [above(), tf.mul(above(), 1e6)].flatMap((a) => [tf.sqrt(a), tf.rsqrt(a), tf.log(a), tf.log1p(a), tf.reciprocal(a)]), // biome-ignore format: a list
  select: () => [tf.where(truth(), x(), y()), tf.where(tf.greater(random('row', [5]), 0), x(), y()), tf.where(truth(), x(), tf.scalar(0))], // biome-ignore format: a list
  slice: () => [tf.slice(x(), [1, 0, 2], [2, 3, 2]), tf.slice(whole(), [0, 1, 0], [3, 1, 5])],
  split: () => [...tf.split(x(), 2, 1), ...tf.split(x(), [1, 4], 2)],
  stack: () => [tf.stack([x(), y()]), tf.stack([x(), y()], 2), ...tf.unstack(x(), 1)],
  transpose: () => [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].map((perm) => tf.transpose(x(), perm)), // biome-ignore format: a list
  'transpose of rank 5': () => tf.transpose(random('x', [2, 3, 2, 2, 3]), [4, 1, 0, 3, 2]),
  'zeros and ones': () => [tf.zerosLike(x()), tf.onesLike(whole()), tf.zeros([3]), tf.ones([2, 2], 'bool')],
};

describe('operations on wasm agree with cpu:', () => {
  beforeAll(startEngines);

  it.each(Object.entries(unary))('%s, for numbers small, large and negative', (_, operation) => {
    expectAgreement(() => [operation(x()), operation(wide()), operation(below()), operation(tf.zeros([3]))]);
  });

  it.each(Object.entries(binary))('%s, with and without broadcasting', (_, operation) => {
    for (const shape of [[3, 4, 5], [4, 5], [4, 1], [3, 1, 1], [1], []]) // biome-ignore format: one line
      expectAgreement(() => [operation(x(), random('y', shape)), operation(random('y', shape), x())]);
  });

  it.each(Object.entries(reductions))('%s, over every axis', (_, operation) => {
    for (const axes of [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]])
      expectAgreement(() => [operation(x(), axes), operation(below(), axes), operation(above(), axes)]);
  });

  it.each(Object.entries(others))('%s', (_, compute) => expectAgreement(compute));
});
