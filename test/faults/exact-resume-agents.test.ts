import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeAndKilled } from '../support/killed.ts';
import { newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

/** Runs of a few seconds, so that there is time to kill them. */
const runs = {
  'mountain-car-q': { steps: 800_000, every: 20_000, set: [] },
  'cliff-walking-sarsa': { steps: 300_000, every: 5_000, set: ['--set', 'episodes=0'] },
  'taxi-q': { steps: 200_000, every: 4_000, set: ['--set', 'method=double-q-learning'] },
} as const;

describe.each(Object.entries(runs))('%s', (recipe, { steps, every, set }) => {
  it('killed again and again comes to the same bytes as in one go', async () => {
    const args = [
      '--engine',
      'cpu',
      '--quiet',
      '--no-serve',
      '--steps',
      String(steps),
      ...set,
      '--checkpoint-every',
      String(every),
    ];
    const { whole, run } = await wholeAndKilled(join(root, recipe), recipe, args);
    expect(newestDigest(run)).toBe(newestDigest(whole));
    expect(timelessLog(run)).toBe(timelessLog(whole));
  });
});
