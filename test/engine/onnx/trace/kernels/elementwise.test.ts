import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { Value } from '../../../../../src/engine/index.ts';
import { expectSame, noise } from '../../agree.ts';

const x = noise('x', 3, 4);
const positive = Value.of(
  x.data.map((value) => Math.abs(value) + 0.1),
  [3, 4],
);
const inside = Value.of(
  x.data.map((value) => Math.tanh(value) * 0.9),
  [3, 4],
);
const row = noise('row', 4);
const positiveRow = Value.of(row.data.map((value) => Math.abs(value) + 0.5));
const flags = new Value(
  'bool',
  [3, 4],
  Uint8Array.from(x.data, (value) => Number(value > 0)),
);
const whole = new Value(
  'int32',
  [3, 4],
  Int32Array.from(x.data, (value) => Math.round(value * 5)),
);

const smooth: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  neg: tf.neg,
  abs: tf.abs,
  square: tf.square,
  exp: tf.exp,
  expm1: tf.expm1,
  erf: tf.erf,
  sin: tf.sin,
  cos: tf.cos,
  tan: tf.tan,
  atan: tf.atan,
  asinh: tf.asinh,
  sinh: tf.sinh,
  cosh: tf.cosh,
  relu: tf.relu,
  relu6: tf.relu6,
  elu: tf.elu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
  softplus: tf.softplus,
  logSigmoid: tf.logSigmoid,
  selu: tf.selu,
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  clip: (x) => tf.mul(tf.clipByValue(x, -0.5, 0.5), x),
  maximum: (x) => tf.square(tf.maximum(x, 0.1)),
  minimum: (x) => tf.square(tf.minimum(x, 0.1)),
  pow3: (x) => tf.pow(x, 3),
  step: (x) => tf.mul(tf.step(x, 0.3), tf.square(x)),
  sign: (x) => tf.mul(tf.sign(x), tf.square(x)),
  floor: (x) => tf.mul(tf.floor(x), tf.square(x)),
  ceil: (x) => tf.mul(tf.ceil(x), tf.square(x)),
  round: (x) => tf.mul(tf.round(x), tf.square(x)),
  where: (x) => tf.where(tf.greater(x, 0.2), tf.square(x), tf.exp(x)),
  ones: (x) => tf.mul(tf.add(tf.onesLike(x), tf.zerosLike(x)), tf.square(x)),
  addN: (x) => tf.addN([x, tf.square(x), tf.exp(x)]),
};

const ofPositive: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  sqrt: tf.sqrt,
  rsqrt: tf.rsqrt,
  log: tf.log,
  log1p: tf.log1p,
  reciprocal: tf.reciprocal,
  acosh: (x) => tf.acosh(tf.add(x, 1.5)),
  power: (x) => tf.pow(x, 2.5),
};

const pairs: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
  squaredDifference: tf.squaredDifference,
  prelu: tf.prelu,
  atan2: tf.atan2,
};

const comparisons = {
  greater: tf.greater,
  greaterEqual: tf.greaterEqual,
  less: tf.less,
  lessEqual: tf.lessEqual,
  equal: tf.equal,
  notEqual: tf.notEqual,
};

describe('the kernels that take each element by itself', () => {
  it.each(Object.entries(smooth))('%s agrees with the cpu engine to second order', (name, of) =>
    expectSame(name, of, [x]),
  );

  it.each(Object.entries(ofPositive))('%s agrees for positive numbers', (name, of) =>
    expectSame(name, of, [positive]),
  );

  it.each(Object.entries({ asin: tf.asin, acos: tf.acos }))('%s agrees inside its domain', (name, of) =>
    expectSame(name, of, [inside]),
  );

  it.each(Object.entries(pairs))('%s agrees with the cpu engine, broadcast, to second order', (name, of) =>
    expectSame(name, of, [x, positiveRow]),
  );

  it('agrees on powers of tensors', () => expectSame('pow', tf.pow, [positive, row]));

  it('agrees on exp(x) - 1 and log(1 + x) next to zero', async () => {
    const tiny = Value.of([1e-8, -1e-8, 1e-5, -3e-6, 0.5]);
    await expectSame('expm1', tf.expm1, [tiny]);
    await expectSame('log1p', tf.log1p, [tiny]);
  });

  it.each(Object.entries(comparisons))('%s agrees for floats and whole numbers', async (name, of) => {
    await expectSame(name, of, [x, row], { order: 0 });
    await expectSame(name, of, [whole, whole], { order: 0 });
  });

  it('agrees on logic', async () => {
    const logic = (a: tf.Tensor, b: tf.Tensor) =>
      tf.stack([tf.logicalAnd(a, b), tf.logicalOr(a, b), tf.logicalXor(a, b), tf.logicalNot(a)]);
    await expectSame('logic', logic, [flags, new Value('bool', [4], Uint8Array.of(1, 0, 1, 0))], {
      order: 0,
    });
  });

  it('agrees on whole numbers', async () => {
    const divisor = new Value('int32', [4], Int32Array.of(2, 3, -2, 5));
    const all = (a: tf.Tensor, b: tf.Tensor) =>
      tf.stack([
        tf.add(a, b),
        tf.mul(a, b),
        tf.sub(a, b),
        tf.floorDiv(a, b),
        tf.mod(a, b),
        tf.maximum(a, b),
        tf.relu(a),
      ]);
    await expectSame('whole', all, [whole, divisor], { order: 0 });
  });

  it('agrees on casts', async () => {
    const casts = (a: tf.Tensor) =>
      tf.stack([tf.cast(tf.cast(a, 'int32'), 'float32'), tf.cast(tf.cast(a, 'bool'), 'float32')]);
    await expectSame('cast', casts, [x], { order: 0 });
  });

  it('agrees on numbers that are none', async () => {
    const odd = Value.of([1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    const all = (a: tf.Tensor) => tf.stack([tf.isNaN(a), tf.isInf(a), tf.isFinite(a)]);
    await expectSame('none', all, [odd], { order: 0 });
  });
});
