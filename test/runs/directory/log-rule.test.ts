import { describe, expect, it } from 'vitest';
import type { LogEvery } from '../../../src/recipes/index.ts';
import { LogRule } from '../../../src/runs/directory/log-rule.ts';

const event = (index: number, player = 'critic', values: Record<string, number> = { loss: 1 }) => ({
  index,
  player,
  seconds: 0,
  values,
});

/** The indices that are due of `steps` steps from `start` on, by players in steps. */
function due(every: LogEvery, [start, end]: readonly [number, number], players = ['critic']) {
  const rule = new LogRule(every);
  const indices = Array.from({ length: end - start }, (_, i) => start + i);
  return indices.filter((index) => rule.due(event(index, players[index % players.length])));
}

describe('LogRule', () => {
  it('takes the multiples where one player moves', () => {
    expect(due(5, [0, 20])).toEqual([0, 5, 10, 15]);
    expect(due(1, [3, 6])).toEqual([3, 4, 5]);
  });

  it('takes the first step of each player in a stretch, so that none is left out for good', () => {
    expect(due(4, [0, 10], ['critic', 'generator'])).toEqual([0, 1, 4, 5, 8, 9]);
    const five = ['critic', 'critic', 'critic', 'critic', 'critic', 'generator'];
    expect(due(6, [0, 12], five)).toEqual([0, 5, 6, 11]);
  });

  it('leaves out steps without values, and takes the first one with some', () => {
    const rule = new LogRule(5);
    const taken = [0, 3, 4, 11].filter((index) =>
      rule.due(event(index, 'agent', index === 0 ? {} : { return: 1 })),
    );
    expect(taken).toEqual([3, 11]);
  });

  it('goes on as if it had not stopped, once it knows the lines of the present stretch', () => {
    const rule = new LogRule(5);
    for (const index of [3, 5]) rule.note(event(index));
    expect([6, 9, 12].filter((index) => rule.due(event(index)))).toEqual([12]);
  });

  it('has a line for each of the first 30,000 steps, and for ever fewer of those behind', () => {
    expect(due('auto', [0, 30_000])).toHaveLength(30_000);
    expect(due('auto', [30_000, 60_000])).toHaveLength(15_000);
    expect(due('auto', [60_000, 120_000])).toHaveLength(15_000);
    expect(due('auto', [29_998, 30_005])).toEqual([29_998, 29_999, 30_000, 30_002, 30_004]);
    expect(due('auto', [59_998, 60_009])).toEqual([59_998, 60_000, 60_004, 60_008]);
  });

  it('has at most 30,000 lines of two players for each doubling', () => {
    const players = ['critic', 'generator'];
    expect(due('auto', [0, 30_000], players)).toHaveLength(30_000);
    expect(due('auto', [30_000, 60_000], players)).toHaveLength(30_000);
    expect(due('auto', [480_000, 960_000], players)).toHaveLength(30_000);
  });
});
