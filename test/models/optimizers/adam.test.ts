import { describe, expect, it } from 'vitest';
import { flattenTree, Value } from '../../../src/engine/index.ts';
import { adam } from '../../../src/models/index.ts';
import { engineNames, engines } from '../support.ts';
import { expectDescent, type Move } from './descent.ts';

/** Algorithm 1 of the paper, as it is written there. */
const reference =
  (beta1: number, beta2: number, epsilon: number): Move =>
  (gradient, step, held) => {
    held.m = beta1 * (held.m ?? 0) + (1 - beta1) * gradient;
    held.v = beta2 * (held.v ?? 0) + (1 - beta2) * gradient * gradient;
    const [mean, square] = [held.m / (1 - beta1 ** step), held.v / (1 - beta2 ** step)];
    return mean / (Math.sqrt(square) + epsilon);
  };

describe('adam', () => {
  describe.each(engineNames)('on %s', (name) => {
    it.each([
      [0.9, 0.999, 1e-8],
      [0, 0.9, 1e-8],
      [0.5, 0.9, 1e-8],
      [0.5, 0.99, 0.1],
      [0.9, 0, 1e-3],
    ])('does what the paper says (beta1 %s, beta2 %s, epsilon %s)', (beta1, beta2, epsilon) => {
      const optimizer = adam({ rate: 1, beta1, beta2, epsilon });
      expectDescent(optimizer, reference(beta1, beta2, epsilon), engines[name]);
    });

    it('takes the values of the paper unless told', () => {
      expectDescent(adam({ rate: 1 }), reference(0.9, 0.999, 1e-8), engines[name]);
    });
  });

  it('starts with zeros for the packed weights', () => {
    const slots = adam({ rate: 1 }).init({ a: Value.of([1, 2]), b: Value.of([3], [1, 1, 1, 1]) });
    const packed = { vector: Value.of([0, 0]), b: Value.of([0], [1, 1, 1, 1]) };
    expect(slots).toEqual({ step: Value.scalar(0), mean: packed, square: packed });
    expect(new Set(flattenTree(slots).values()).size).toBe(5);
  });

  it.each([
    [{ beta1: 1 }, 'adam: beta1: expected a finite number from 0 to 0.999999999, got 1'],
    [{ beta1: -0.1 }, 'adam: beta1: expected a finite number from 0 to 0.999999999, got -0.1'],
    [{ beta2: 1 }, 'adam: beta2: expected a finite number from 0 to 0.999999999, got 1'],
    [{ beta2: Number.NaN }, 'adam: beta2: expected a finite number from 0 to 0.999999999, got NaN'],
    [{ epsilon: 0 }, 'adam: epsilon: expected a finite number above 0, got 0'],
  ])('refuses %j', (options, message) => {
    expect(() => adam({ rate: 1, ...options })).toThrow(new RangeError(message));
  });
});
