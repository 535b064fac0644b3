import { expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { dense, residual, tap, zeros } from '../../../src/models/index.ts';
import { applied } from '../support.ts';

const twice = dense(2, { kernel: (_, shape) => Value.of([2, 0, 0, 2], shape) });

it('adds x to what its layers make of it, one after the other', () => {
  expect(applied(residual([twice, twice]), Value.of([1, 3], [1, 2])).y).toEqual(Value.of([5, 15], [1, 2]));
  const still = residual([dense(2, { kernel: zeros })]);
  expect(applied(still, Value.of([1, 3], [1, 2])).y).toEqual(Value.of([1, 3], [1, 2]));
});

it('shows what its layers show, and refuses layers that change the shape', () => {
  expect(residual([tap('inside', dense(2))]).init(keyOf(1), [2]).taps).toEqual({ inside: [2] });
  expect(() => residual([dense(3)]).init(keyOf(1), [2])).toThrow(
    new RangeError('residual: expected layers from [2] to the same, got [3]'),
  );
});
