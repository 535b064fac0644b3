import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder, weirProcess } from '../support/weir.ts';

const root = scratchFolder();

/** Runs of a few seconds, so that there is time to kill them. */
const runs = {
  'mountain-car-q': { steps: 800_000, every: 20_000, set: [] },
  'cliff-walking-sarsa': { steps: 300_000, every: 5_000, set: ['--set', 'episodes=0'] },
  'taxi-q': { steps: 200_000, every: 4_000, set: ['--set', 'method=double-q-learning'] },
} as const;

describe.each(Object.entries(runs))('%s', (recipe, { steps, every, set }) => {
  it('killed again and again comes to the same bytes as in one go', { timeout: 600_000 }, async () => {
    const args = [
      ...['--engine', 'cpu', '--quiet', '--no-serve', '--steps', String(steps), ...set],
      ...['--checkpoint-every', String(every)],
    ];
    const whole = join(root, `${recipe}-whole`);
    expect(await weirProcess('train', recipe, ...args, '--out', whole).finished).toMatchObject({ code: 0 });

    const run = join(root, `${recipe}-killed`);
    let start = ['train', recipe, ...args, '--out', run];
    for (let kills = 0; kills < 3; kills++) {
      const before = checkpointNames(run).at(-1);
      const { child, finished } = weirProcess(...start);
      while (checkpointNames(run).at(-1) === before && child.exitCode === null) await sleep(5);
      child.kill('SIGKILL');
      const { signal, stderr } = await finished;
      if (signal !== 'SIGKILL') throw new Error(`ended before it was killed: ${stderr}`);
      start = ['resume', run, '--quiet', '--no-serve'];
    }
    expect(await weirProcess(...start).finished).toMatchObject({ code: 0, stderr: '' });
    expect(newestDigest(run)).toBe(newestDigest(whole));
    expect(timelessLog(run)).toBe(timelessLog(whole));
  });
});
