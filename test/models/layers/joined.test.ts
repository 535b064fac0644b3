import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type Tree, Value } from '../../../src/engine/index.ts';
import { adapted, joined, type Layer, type Network, network } from '../../../src/models/index.ts';
import { compute } from '../support.ts';

/** Multiplies by a weight, and counts its calls, which it adds. */
const counting: Layer = {
  init: (_, shape) => ({ weights: {}, buffers: {}, shape }),
  apply({ weights, buffers }, x, training) {
    const calls = buffers.calls as tf.Tensor;
    return {
      y: tf.add(tf.mul(x, weights.w as tf.Tensor), calls),
      buffers: { calls: training ? tf.add(calls, 1) : calls },
    };
  },
};

const numbers = {
  a: { weights: { w: Value.scalar(2) }, buffers: { calls: Value.scalar(0) } },
  b: { weights: { w: Value.scalar(10) }, buffers: { calls: Value.scalar(0) } },
  x: Value.of([1, 2]),
};

/** b of a, and a of its result once more. */
const chain = (networks: { readonly a: Network; readonly b: Network }) =>
  joined(networks, ({ a, b }, x) => ({ y: a(b(a(x).y).y).y, taps: { inside: a(x).y } }));

it('is a network made of others: called, frozen, settled, with other weights', () => {
  const run = compute(numbers, ({ a, b, x }) => {
    const made = (given: unknown) => network(counting, given as never, true);
    const whole = chain({ a: made(a), b: made(b) });
    const frozen = whole.frozen(x).y;
    const called = whole(x);
    const { a: inA, b: inB } = whole.buffers() as { a: Tree<tf.Tensor>; b: Tree<tf.Tensor> };
    const other = whole.with({ a: { w: tf.scalar(0) }, b: { w: tf.scalar(0) } }).frozen(x).y;
    const { w } = (whole.weights as { b: { w: tf.Tensor } }).b;
    return {
      frozen,
      called: called.y,
      inside: called.taps.inside!,
      settled: whole.settled(x).y,
      other,
      w,
      inA,
      inB,
    };
  });
  expect(run).toEqual({
    frozen: Value.of([40, 80]),
    // The second call of a adds 1.
    called: Value.of([41, 81]),
    inside: Value.of([4, 6]),
    settled: Value.of([40, 80]),
    // All weights 0: what is left is the calls of a, as they are by then.
    other: Value.of([3, 3]),
    w: Value.scalar(10),
    inA: { calls: Value.scalar(3) },
    inB: { calls: Value.scalar(1) },
  });
});

it('adapts a network: every way to call it goes through the change', () => {
  const run = compute(numbers, ({ a, x }) => {
    const inner = network(counting, a as never, true);
    const doubled = adapted(inner, (call, x) => {
      const { y, taps } = call(tf.mul(2, x));
      return { y: tf.neg(y), taps };
    });
    return {
      frozen: doubled.frozen(x).y,
      called: doubled(x).y,
      settled: doubled.settled(x).y,
      other: doubled.with({ w: tf.scalar(1) }).frozen(x).y,
      calls: (doubled.buffers() as { calls: tf.Tensor }).calls,
    };
  });
  expect(run).toEqual({
    frozen: Value.of([-4, -8]),
    called: Value.of([-4, -8]),
    settled: Value.of([-4, -8]),
    other: Value.of([-3, -5]),
    calls: Value.scalar(1),
  });
});
