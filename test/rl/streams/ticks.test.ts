import { expect, it } from 'vitest';
import { ticks } from '../../../src/rl/index.ts';

it('counts from the start until it is ended, again for each reader', () => {
  let left = 3;
  const source = ticks({ start: 7, ended: () => left-- === 0 });
  expect([...source]).toEqual([7, 8, 9].map((index) => ({ index, batch: undefined })));
  left = 1;
  expect([...source]).toEqual([{ index: 7, batch: undefined }]);
});

it('refuses a start that is no index', () => {
  expect(() => ticks({ start: -1 })).toThrow('ticks: start: expected a whole number from 0, got -1');
});
