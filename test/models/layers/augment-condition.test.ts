import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { augmentCondition, normalDivergence } from '../../../src/models/index.ts';
import { both, bothNames, compute, expectClose } from '../support.ts';
import { classes, conditioned } from './conditional.ts';

/** Class 0 has mean (1, -0.5) and log deviation (0.2, -0.3). */
const weights = { kernel: Value.of([1, -0.5, 0.2, -0.3, 0, 0, 0, 0], [2, 4]), bias: Value.of([0, 0, 0, 0]) };

describe.each(bothNames)('conditioning augmentation on %s', (name) => {
  it('puts mean + deviation * e in the place of e, and shows the divergence from N(0, 1)', () => {
    const x = Value.of([9, 1, -1, 9, 0, 2], [2, 3]);
    const { y, taps } = conditioned(augmentCondition(2, 2), x, classes(2, 0, 1), {
      initial: { weights, buffers: {} },
      engine: both[name],
    });
    expectClose(y, [9, 1 + Math.exp(0.2), -0.5 - Math.exp(-0.3), 9, 0, 2]);
    expectClose((taps as never as Record<string, Value>).kl!, [0.745318, 0]);
  });
});

describe('augmentCondition', () => {
  it('lets one condition make different outputs', () => {
    const { y } = conditioned(augmentCondition(2, 2), Value.of([1, 1, 2, 2], [2, 2]), classes(2, 0, 0));
    expect(y.shape).toEqual([2, 2]);
    expect([...y.data.slice(0, 2)]).not.toEqual([...y.data.slice(2)]);
  });

  it('refuses less noise than it is to use', () => {
    expect(() => augmentCondition(2, 3).init(keyOf(1), [2])).toThrow(
      new RangeError('augmentCondition: expected noise of at least [3], got [2]'),
    );
  });
});

it('normalDivergence is nothing at the normal distribution itself', () => {
  const { kl } = compute({ zero: Value.filled([1, 3], 0) }, ({ zero }) => ({
    kl: normalDivergence(zero as never, zero as never),
  }));
  expect(kl).toEqual(Value.of([0], [1, 1]));
});
