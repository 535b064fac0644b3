import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { minibatchDeviation } from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose } from '../support.ts';

describe.each(bothNames)('minibatch deviation on %s', (name) => {
  const engine = both[name];

  it('is the mean over the features of their deviation over the batch', () => {
    // Deviations 1 and 3.
    const { y } = applied(minibatchDeviation(), Value.of([1, 2, 3, 8], [2, 2]), { engine });
    expectClose(y, [1, 2, 2, 3, 8, 2]);
  });

  it('is next to nothing for equal examples', () => {
    const { y } = applied(minibatchDeviation(), Value.of([5, 5], [2, 1]), { engine });
    expect(y.data[1]).toBeCloseTo(1e-4, 6);
  });

  it('compares within groups, and is one more map of an image', () => {
    const x = Value.of([0, 0, 2, 2, 1, 1, 1, 1], [4, 1, 2, 1]);
    const { y } = applied(minibatchDeviation(2), x, { engine });
    expectClose(y, [0, 1, 0, 1, 2, 1, 2, 1, 1, 0, 1, 0, 1, 0, 1, 0], 1e-3);
  });
});

it('refuses batches that do not come out even', () => {
  expect(() => applied(minibatchDeviation(2), Value.of([1, 2, 3], [3, 1]))).toThrow(
    'minibatchDeviation: expected batches of a multiple of 2 examples, got 3',
  );
  expect(minibatchDeviation(2).init(keyOf(1), [4, 4, 3]).shape).toEqual([4, 4, 4]);
});
