import { describe, expect, it } from 'vitest';
import { checkKeep, expired } from '../../src/checkpoint/expired.ts';

describe('expired', () => {
  it('lets go of all but the newest', () => {
    expect(expired([1, 2, 3, 4], 5, { last: 3 })).toEqual([2, 1]);
    expect(expired([3, 1, 2], 4, { last: 1 })).toEqual([3, 2, 1]);
  });

  it('counts the one just saved as the newest, also when it was there before', () => {
    expect(expired([1, 2, 3], 3, { last: 2 })).toEqual([1]);
  });

  it('lets go of none while there are few', () => {
    expect(expired([], 1, { last: 3 })).toEqual([]);
    expect(expired([1, 2], 3, { last: 3 })).toEqual([]);
  });

  it('keeps every tenth for good', () => {
    const interval = 500;
    let steps: number[] = [];
    for (let save = 1; save <= 34; save++) {
      const gone = expired(steps, save * interval, { last: 3, multiplesOf: 10 * interval });
      steps = [...steps.filter((step) => !gone.includes(step)), save * interval];
    }
    expect(steps).toEqual([5000, 10_000, 15_000, 16_000, 16_500, 17_000]);
  });

  it('neither counts nor lets go of later steps, which an earlier attempt left', () => {
    expect(expired([1, 2, 3, 10, 11], 4, { last: 3 })).toEqual([1]);
  });
});

describe('checkKeep', () => {
  it.each([
    [{ last: 0 }, 'keep.last: expected a whole number from 1, got 0'],
    [{ last: 1.5 }, 'keep.last: expected a whole number from 1, got 1.5'],
    [{ last: 3, multiplesOf: 0 }, 'keep.multiplesOf: expected a whole number from 1, got 0'],
    [{ last: 3, multiplesOf: Number.NaN }, 'keep.multiplesOf: expected a whole number from 1, got NaN'],
  ])('refuses %j', (keep, message) => {
    expect(() => checkKeep(keep)).toThrow(new RangeError(message));
  });
});
