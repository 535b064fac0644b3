import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { byLabel, oneHot } from '../../../src/models/index.ts';

describe('byLabel', () => {
  it('asks for the classes of the batch, and draws samples of all classes in turn', () => {
    const labels = new Value('int32', [2], Int32Array.of(2, 0));
    const { size, of, draw } = byLabel(3);
    expect(size).toBe(3);
    expect(of({ examples: Value.filled([2, 2], 0), labels })).toEqual(Value.of([0, 0, 1, 1, 0, 0], [2, 3]));
    expect(draw(4, keyOf(1))).toEqual(Value.of([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0], [4, 3]));
  });

  it('refuses batches without labels, and fewer than two classes', () => {
    expect(() => byLabel(3).of({ examples: Value.filled([2, 2], 0) })).toThrow(
      new RangeError('byLabel: expected batches with labels, got none'),
    );
    expect(() => byLabel(1)).toThrow('byLabel: classes: expected a whole number from 2, got 1');
  });
});

describe('oneHot', () => {
  it.each([3, -1, 0.5])('refuses the label %s of three classes', (label) => {
    expect(() => oneHot([0, label], 3)).toThrow(`labels: expected whole numbers from 0 to 2, got ${label}`);
  });
});
