import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { fareNumber, fareOf, stands, walls } from '../../../src/rl/environments/taxi-map.ts';
import { environmentLaws, taxi } from '../../../src/rl/index.ts';
import { compareTransitions, startAt, transitionsOf } from './fixtures/trajectories.ts';

describe('taxi', () => {
  for (const { rule, check } of environmentLaws(taxi)) it(rule, check);

  it('does in each of the 500 states what Gymnasium says', () => {
    const cab = taxi();
    expect(compareTransitions(cab, 'Taxi-v4', (state) => startAt(cab as never, state))).toBe(3000);
  });

  it('begins anywhere, with a passenger who wants to go elsewhere', () => {
    const starts = Array.from({ length: 3000 }, (_, i) => taxi().reset(keyOf(i)).observation);
    const fares = starts.map(fareOf);
    expect(fares.every(({ passenger, destination }) => passenger < 4 && passenger !== destination)).toBe(
      true,
    );
    expect(new Set(starts).size).toBeGreaterThan(295);
  });

  it('is cut off after 200 steps', () => {
    const cab = taxi();
    cab.reset(keyOf(1));
    const kinds = Array.from({ length: 200 }, () => cab.step(0).kind);
    expect(kinds.indexOf('truncation')).toBe(199);
  });

  it('is worth 7.93 on average to whoever knows the town', () => {
    const table = transitionsOf('Taxi-v4');
    let worth = Array<number>(500).fill(0);
    for (let sweep = 0; sweep < 60; sweep++)
      worth = table.map((entries) =>
        Math.max(...entries.map(([next, reward, done]) => reward + (done ? 0 : worth[next]!))),
      );
    const starts = worth.filter((_, number) => {
      const { passenger, destination } = fareOf(number);
      return passenger < 4 && passenger !== destination;
    });
    expect(starts).toHaveLength(300);
    expect(starts.reduce((sum, value) => sum + value) / 300).toBeCloseTo(7.93, 10);
  });
});

describe('taxi map', () => {
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
});
