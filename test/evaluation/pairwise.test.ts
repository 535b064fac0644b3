import { expect, it } from 'vitest';
import { plainPairwise } from '../../src/evaluation/pairwise.ts';
import { matrixOf } from '../../src/evaluation/rows.ts';

it('plainPairwise gives products and squared distances of all pairs', () => {
  const a = matrixOf('a', { shape: [2, 2], data: [1, 2, 3, 4] });
  const b = matrixOf('b', { shape: [1, 2], data: [1, -1] });
  expect(plainPairwise.products(a, b)).toEqual(Float64Array.of(-1, -1));
  expect(plainPairwise.squaredDistances(a, b)).toEqual(Float64Array.of(9, 29));
});
