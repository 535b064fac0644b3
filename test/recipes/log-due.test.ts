import { expect, it } from 'vitest';
import { logDue } from '../../src/recipes/log-due.ts';

const event = (index: number, values: Record<string, number> = { loss: 1 }) => ({
  ...{ index, player: 'critic', seconds: 0, values },
});

/** The indices, of those that say something, that are due. */
const due = (every: number, start: number, saying: readonly number[]) => {
  const isDue = logDue(every, start);
  const indices = Array.from({ length: 20 }, (_, i) => start + i);
  return indices.filter((index) => isDue(event(index, saying.includes(index) ? { loss: 1 } : {})));
};

const all = Array.from({ length: 100 }, (_, i) => i);

it('takes the multiples where every event says something, wherever it starts', () => {
  expect(due(5, 0, all)).toEqual([0, 5, 10, 15]);
  expect(due(5, 7, all)).toEqual([10, 15, 20, 25]);
  expect(due(1, 3, all)).toHaveLength(20);
});

it('takes the first one after each multiple where few do', () => {
  expect(due(1, 0, [3, 4, 11])).toEqual([3, 4, 11]);
  expect(due(5, 0, [3, 4, 11, 12, 16])).toEqual([3, 11, 16]);
});
