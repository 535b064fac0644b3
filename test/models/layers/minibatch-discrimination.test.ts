import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { minibatchDiscrimination } from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose } from '../support.ts';

describe.each(bothNames)('minibatch discrimination on %s', (name) => {
  it('tells how near the others are, without the example itself', () => {
    const initial = { weights: { kernel: Value.of([1], [1, 1]) }, buffers: {} };
    const layer = minibatchDiscrimination({ rows: 1, columns: 1 });
    const { y } = applied(layer, Value.of([0, 1, 3], [3, 1]), { engine: both[name], initial });
    const sums = [0.417667, 0.503215, 0.185122];
    expectClose(y, [0, sums[0]! / 2, 1, sums[1]! / 2, 3, sums[2]! / 2]);
  });

  it('has nothing to tell of an example that is alone', () => {
    const initial = { weights: { kernel: Value.of([1], [1, 1]) }, buffers: {} };
    const layer = minibatchDiscrimination({ rows: 1, columns: 1 });
    expectClose(applied(layer, Value.of([5], [1, 1]), { engine: both[name], initial }).y, [5, 0]);
  });

  it('adds up the columns of a row before it compares', () => {
    // Rows (x, x) and (0, 2x): both distances 2 |x - x'|.
    const initial = { weights: { kernel: Value.of([1, 1, 0, 2], [1, 4]) }, buffers: {} };
    const layer = minibatchDiscrimination({ rows: 2, columns: 2 });
    const { y } = applied(layer, Value.of([0, 1], [2, 1]), { engine: both[name], initial });
    const near = Math.exp(-2);
    expectClose(y, [0, near, near, 1, near, near]);
  });
});

it('is five rows of three unless told', () => {
  const { shape, weights } = minibatchDiscrimination().init(keyOf(1), [7]);
  expect(shape).toEqual([12]);
  expect((weights.kernel as Value).shape).toEqual([7, 15]);
  expect(() => minibatchDiscrimination().init(keyOf(1), [2, 2])).toThrow('flatten() first');
});
