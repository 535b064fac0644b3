import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { rmsprop } from '../../../src/models/index.ts';
import { engineNames, engines } from '../support.ts';
import { expectDescent, type Move } from './descent.ts';

const reference =
  (decay: number, epsilon: number): Move =>
  (gradient, _, held) => {
    held.v = decay * (held.v ?? 0) + (1 - decay) * gradient * gradient;
    return gradient / (Math.sqrt(held.v) + epsilon);
  };

describe('rmsprop', () => {
  describe.each(engineNames)('on %s', (name) => {
    it.each([
      [0.99, 1e-8],
      [0.9, 1e-2],
      [0, 1],
    ])('divides by the root of the mean square (decay %s, epsilon %s)', (decay, epsilon) => {
      expectDescent(rmsprop({ rate: 1, decay, epsilon }), reference(decay, epsilon), engines[name]);
    });

    it('takes the values of PyTorch unless told', () => {
      expectDescent(rmsprop({ rate: 1 }), reference(0.99, 1e-8), engines[name]);
    });
  });

  it('starts with zeros for the packed weights', () => {
    expect(rmsprop({ rate: 1 }).init({ a: Value.of([1, 2]) })).toEqual({
      square: { vector: Value.of([0, 0]) },
    });
  });

  it.each([
    [{ decay: 1 }, 'rmsprop: decay: expected a finite number from 0 to 0.999999999, got 1'],
    [{ decay: -1 }, 'rmsprop: decay: expected a finite number from 0 to 0.999999999, got -1'],
    [{ epsilon: 0 }, 'rmsprop: epsilon: expected a finite number above 0, got 0'],
  ])('refuses %j', (options, message) => {
    expect(() => rmsprop({ rate: 1, ...options })).toThrow(new RangeError(message));
  });
});
