import { expect, it } from 'vitest';
import { fareNumber, fareOf, stands, walls } from '../../../src/rl/environments/taxi-map.ts';

it('numbers fares from 0 to 499', () => {
  expect(fareNumber({ row: 3, column: 1, passenger: 2, destination: 0 })).toBe(328);
  expect(fareOf(328)).toEqual({ row: 3, column: 1, passenger: 2, destination: 0 });
  const all = Array.from({ length: 500 }, (_, i) => i);
  expect(all.map((number) => fareNumber(fareOf(number)))).toEqual(all);
});

it('has four stands and six walls', () => {
  expect(stands).toHaveLength(4);
  expect(walls.flat().filter(Boolean)).toHaveLength(6);
});
