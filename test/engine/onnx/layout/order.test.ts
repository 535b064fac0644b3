import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asMeant,
  liesAsMeant,
  nchw,
  oihw,
  orderAfterReshape,
  orderOfState,
  permuted,
  sameOrder,
} from '../../../../src/engine/onnx/layout/order.ts';
import { inverse, permuteData } from '../../../../src/engine/onnx/layout/permute-data.ts';

describe('orders', () => {
  it('say which axis lies where', () => {
    expect(permuted(['n', 'h', 'w', 'c'], nchw)).toEqual(['n', 'c', 'h', 'w']);
    expect(permuted(['h', 'w', 'i', 'o'], oihw)).toEqual(['o', 'i', 'h', 'w']);
    expect(sameOrder(asMeant(3), [0, 1, 2])).toBe(true);
  });

  it('of the state are OIHW for filters, and as meant for those that go in blocks and for all else', () => {
    expect(orderOfState([3, 3, 8, 16])).toEqual(oihw);
    expect(orderOfState([4, 2, 8, 16])).toEqual(oihw);
    expect(orderOfState([4, 4, 8, 16])).toEqual([0, 1, 2, 3]);
    expect(orderOfState([3, 3])).toEqual([0, 1]);
  });

  it('lie as meant when only axes of size 1 have moved', () => {
    expect(liesAsMeant([2, 1, 1, 5], nchw)).toBe(true);
    expect(liesAsMeant([2, 3, 1, 5], nchw)).toBe(false);
  });

  it('survive a reshape that keeps the moved axes apart, and no other', () => {
    expect(orderAfterReshape([2, 4, 4, 3], [2, 16, 3], nchw)).toEqual([0, 2, 1]);
    expect(orderAfterReshape([2, 4, 4, 3], [2, 48], nchw)).toBeUndefined();
    expect(orderAfterReshape([2, 16, 3], [2, 4, 4, 3], [0, 2, 1])).toEqual(nchw);
    expect(orderAfterReshape([2, 1, 1, 3], [2, 3], nchw)).toEqual([0, 1]);
  });

  it('that survive a reshape leave every element where it lies', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(sizes, sizes, fc.nat(), (left, right, seed) => {
        const from = [...left, ...right];
        const to = [left.reduce((a, b) => a * b), ...right];
        const order = asMeant(from.length).toSorted((a, b) => ((a * 7 + seed) % 5) - ((b * 7 + seed) % 5));
        const next = orderAfterReshape(from, to, order);
        if (next === undefined) return;
        const data = Float32Array.from({ length: from.reduce((a, b) => a * b) }, (_, i) => i);
        expect(permuteData(data, to, next)).toEqual(permuteData(data, from, order));
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('are undone by their inverse', () =>
    expect(permuted(permuted([7, 8, 9, 6], nchw), inverse(nchw))).toEqual([7, 8, 9, 6]));
});
