import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { flatten, reshape } from '../../../src/models/index.ts';
import { applied, engineNames, engines } from '../support.ts';

const x = Value.of(
  Array.from({ length: 24 }, (_, i) => i),
  [2, 12],
);

describe('reshape', () => {
  it.each(engineNames)('gives the numbers of every example another shape (%s)', (name) => {
    const { y } = applied(reshape([2, 3, 2]), x, { engine: engines[name] });
    expect(y).toEqual(new Value('float32', [2, 2, 3, 2], x.data));
    expect(reshape([2, 3, 2]).init(keyOf(1), [12]).shape).toEqual([2, 3, 2]);
  });

  it('refuses examples of another size', () => {
    expect(() => reshape([2, 3]).init(keyOf(1), [4])).toThrow(
      new RangeError('reshape: expected inputs of 6 numbers for [2,3], got [4]'),
    );
  });

  it.each([[[0]], [[-2, -3]], [[1.5, 4]]])('refuses the shape %j', (shape) => {
    expect(() => reshape(shape)).toThrow(`reshape: to: expected a whole number from 1, got ${shape[0]}`);
  });
});

describe('flatten', () => {
  it.each(engineNames)('makes a vector of every example (%s)', (name) => {
    const image = new Value('float32', [2, 2, 3, 2], x.data);
    expect(applied(flatten(), image, { engine: engines[name] }).y).toEqual(x);
    expect(flatten().init(keyOf(1), [2, 3, 2])).toEqual({ weights: {}, buffers: {}, shape: [12] });
  });
});
