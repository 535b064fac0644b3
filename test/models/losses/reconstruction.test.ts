import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { reconstructionLoss, squaredDistances } from '../../../src/models/index.ts';
import { both, bothNames, compute, expectClose } from '../support.ts';

it.each(bothNames)('measures the distance of each example over all its numbers (%s)', (name) => {
  const { squared, error } = compute(
    { left: Value.of([0, 0, 1, 1], [2, 2, 1]), right: Value.of([3, 4, 1, 1], [2, 2, 1]) },
    ({ left, right }) => ({
      squared: squaredDistances(left, right),
      error: reconstructionLoss(left, right),
    }),
    both[name],
  );
  expectClose(squared, [25, 0]);
  expect(error.data[0]).toBeCloseTo(2.5, 5);
});

it('refuses other shapes beside each other', () => {
  const values = { left: Value.filled([2, 3], 0), right: Value.filled([2, 1], 0) };
  expect(() => compute(values, ({ left, right }) => ({ squared: squaredDistances(left, right) }))).toThrow(
    'squaredDistances: expected [2,3] beside each other, got [2,1]',
  );
});
