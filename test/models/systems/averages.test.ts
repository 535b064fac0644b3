import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { averagesOf, firstAverages } from '../../../src/models/systems/averages.ts';

const weights = { w: Value.of([1, 2]) };

it('keeps one average under its own name, and those of a list by network', () => {
  const one = { of: 'a', decay: 0.5 };
  expect(firstAverages(undefined, () => weights)).toEqual({});
  expect(firstAverages(one, () => weights)).toEqual({ average: weights });
  expect(firstAverages([one, { of: 'b', decay: 0 }], () => weights)).toEqual({
    average: { a: weights, b: weights },
  });
  expect(averagesOf(one)).toEqual([one]);
  expect(averagesOf(undefined)).toEqual([]);
});

it('begins with copies that share nothing with the weights', () => {
  const { average } = firstAverages({ of: 'a', decay: 0 }, () => weights) as { average: typeof weights };
  expect(average.w.data).not.toBe(weights.w.data);
});
