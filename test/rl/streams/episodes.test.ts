import { from } from 'rxjs';
import { expect, it } from 'vitest';
import { type Episode, episodes } from '../../../src/rl/index.ts';

const event = (index: number, values: Record<string, number> = {}) => ({
  index,
  player: 'agent',
  seconds: 0,
  values,
});

it('picks out the episodes, with the mean of the last ones', () => {
  const seen: Episode[] = [];
  from([
    event(0),
    event(1, { return: -10, length: 2 }),
    event(2, { loss: 3 }),
    event(3, { return: -20, length: 2 }),
    event(4, { return: -60, length: 1 }),
  ])
    .pipe(episodes(2))
    .subscribe((episode) => seen.push(episode));
  expect(seen).toEqual([
    { index: 1, return: -10, length: 2, mean: -10 },
    { index: 3, return: -20, length: 2, mean: -15 },
    { index: 4, return: -60, length: 1, mean: -40 },
  ]);
});

it('refuses a window of nothing', () => {
  expect(() => episodes(0)).toThrow(
    new RangeError('episodes: window: expected a whole number from 1, got 0'),
  );
});
