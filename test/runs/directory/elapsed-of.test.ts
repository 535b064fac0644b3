import { expect, it } from 'vitest';
import { elapsedOf } from '../../../src/runs/directory/elapsed-of.ts';
import type { RunEvent } from '../../../src/runs/index.ts';

const saved = (index: number, elapsed: number): RunEvent => ({
  kind: 'checkpoint',
  index,
  elapsed,
  seconds: 0,
  bytes: 1,
  path: 'x',
});

it('tells the seconds that led to a step', () => {
  const events: RunEvent[] = [
    saved(10, 1),
    saved(20, 2),
    saved(30, 3),
    // The run was killed, and went on from step 20: its checkpoint of step 30 was torn.
    { kind: 'started', index: 20, steps: 40 },
    saved(30, 4),
    { kind: 'ended', index: 35, ended: 'failed', elapsed: 5 },
  ];
  expect(elapsedOf(events, 10)).toBe(1);
  expect(elapsedOf(events, 29)).toBe(2);
  expect(elapsedOf(events, 30)).toBe(4);
  expect(elapsedOf(events)).toBe(5);
  expect(elapsedOf(events, 9)).toBe(0);
  expect(elapsedOf([])).toBe(0);
});
