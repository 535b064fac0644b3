import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { type Layer, network, tap } from '../../../src/models/index.ts';
import { compute } from '../support.ts';

/**
 * Multiplies by a weight, adds what it has been called with so far and the condition, and remembers
 * the sum of its inputs.
 */
const summing: Layer = {
  init: (_, shape) => ({ weights: {}, buffers: {}, shape }),
  apply({ weights, buffers }, x, training, condition) {
    const before = buffers.sum as tf.Tensor;
    const y = tf.add(tf.mul(x, weights.w as tf.Tensor), before);
    return {
      y: condition ? tf.add(y, condition) : y,
      buffers: { sum: training ? tf.add(before, tf.sum(x)) : before },
    };
  },
};
const given = { weights: { w: Value.scalar(2) }, buffers: { sum: Value.scalar(10) }, x: Value.of([1, 2]) };

it('remembers from call to call, but for still calls and calls with other weights', () => {
  const run = compute(given, ({ weights, buffers, x }) => {
    const net = network(tap('features', summing), { weights, buffers } as never, true);
    const first = net(x);
    const still = net.frozen(x, x);
    const other = net.with({ w: tf.scalar(0) })(x);
    const second = net(x);
    const { sum } = net.buffers() as { sum: tf.Tensor };
    return {
      first: first.y,
      tapped: first.taps.features!,
      still: still.y,
      other: other.y,
      second: second.y,
      sum,
    };
  });
  expect(run).toEqual({
    first: Value.of([12, 14]),
    tapped: Value.of([12, 14]),
    still: Value.of([16, 19]),
    other: Value.of([13, 13]),
    second: Value.of([15, 17]),
    sum: Value.scalar(16),
  });
});

it('remembers nothing new when it does not train', () => {
  const { sum } = compute(given, ({ weights, buffers, x }) => {
    const net = network(summing, { weights, buffers } as never, false);
    net(x);
    return net.buffers() as { sum: tf.Tensor };
  });
  expect(sum).toEqual(Value.scalar(10));
});

it('is settled as samples are drawn: averaged weights, first buffers, no training', () => {
  const average = { w: Value.scalar(3) };
  const run = compute({ ...given, average }, ({ weights, buffers, average, x }) => {
    const net = network(summing, { weights, buffers } as never, true, average);
    net(x);
    const plain = network(summing, { weights, buffers } as never, true);
    return { settled: net.settled(x, x).y, plain: plain.settled(x).y, next: net(x).y };
  });
  expect(run).toEqual({
    settled: Value.of([3 + 10 + 1, 6 + 10 + 2]),
    plain: Value.of([12, 14]),
    next: Value.of([15, 17]),
  });
});
