import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { fareOf } from '../../../src/rl/environments/taxi-map.ts';
import { environmentLaws, taxi } from '../../../src/rl/index.ts';
import { compareTransitions, startAt } from './fixtures/trajectories.ts';

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
});
