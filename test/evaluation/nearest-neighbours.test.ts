import { describe, expect, it } from 'vitest';
import { nearestDistances } from '../../src/evaluation/nearest-neighbours.ts';
import { nearestRows } from '../../src/evaluation/nearest-rows.ts';
import { plainPairwise } from '../../src/evaluation/pairwise.ts';
import { matrixOf } from '../../src/evaluation/rows.ts';

const line = (...places: number[]) => matrixOf('line', { shape: [places.length, 1], data: places });

describe('nearestDistances', () => {
  it('gives squared distances to the k nearest others, nearest first', async () => {
    const places = line(0, 1, 3, 7);
    expect([...(await nearestDistances(places, places, 2))]).toEqual([1, 9, 1, 4, 4, 9, 16, 36]);
  });

  it('does not leave out equal rows of another matrix', async () => {
    expect([...(await nearestDistances(line(0, 5), line(0, 2), 1))]).toEqual([0, 9]);
  });

  it('refuses more neighbours than there are', async () => {
    const places = line(0, 1);
    await expect(nearestDistances(places, places, 2)).rejects.toThrow('expected a whole number from 1 to 1');
  });
});

it('nearestRows finds the nearest row across blocks', async () => {
  const many = matrixOf('x', { shape: [2100, 1], data: Float64Array.from({ length: 2100 }, (_, i) => i) });
  const asked = matrixOf('x', { shape: [3, 1], data: [2050.2, 3, -1] });
  const { rows, distances } = await nearestRows(asked, many);
  expect([...rows]).toEqual([2050, 3, 0]);
  expect(distances[0]).toBeCloseTo(0.04, 9);
  expect([distances[1], distances[2]]).toEqual([0, 1]);
});

it('plainPairwise gives products and squared distances of all pairs', () => {
  const a = matrixOf('a', { shape: [2, 2], data: [1, 2, 3, 4] });
  const b = matrixOf('b', { shape: [1, 2], data: [1, -1] });
  expect(plainPairwise.products(a, b)).toEqual(Float64Array.of(-1, -1));
  expect(plainPairwise.squaredDistances(a, b)).toEqual(Float64Array.of(9, 29));
});
