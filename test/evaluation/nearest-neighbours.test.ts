import { describe, expect, it } from 'vitest';
import { nearestDistances } from '../../src/evaluation/nearest-neighbours.ts';
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
