import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { repeatedSource } from '../../../src/models/index.ts';

describe('repeatedSource', () => {
  it('is the image as often as there are samples', () => {
    const source = Value.of([1, 2], [1, 2, 1]);
    expect(repeatedSource([1, 2, 1], source, 3)).toEqual(Value.of([1, 2, 1, 2, 1, 2], [3, 1, 2, 1]));
  });

  it('takes a grey image for a coloured one', () => {
    expect(repeatedSource([1, 2, 3], Value.of([0.5, 1], [1, 2, 1]), 2)).toEqual(
      Value.of([0.5, 0.5, 0.5, 1, 1, 1, 0.5, 0.5, 0.5, 1, 1, 1], [2, 1, 2, 3]),
    );
  });

  it.each([[[2, 2, 3]], [[1, 2, 2]], [[2]]])('refuses an image of %j', (shape) => {
    expect(() => repeatedSource([1, 2, 3], Value.filled(shape, 0), 1)).toThrow(
      new RangeError(`source: expected an image of [1,2,3], got [${shape}]`),
    );
  });
});
