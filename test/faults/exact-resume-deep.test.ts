import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder, weirProcess } from '../support/weir.ts';

const root = scratchFolder();

/** Runs of a few seconds, so that there is time to kill them. */
const runs = {
  'cart-pole-dqn': { steps: 600, set: ['prioritised=yes', 'dueling=yes', 'capacity=5000', 'warmup=10'] },
  'cart-pole-ppo': { steps: 120, set: ['epochs=4'] },
  'pendulum-ppo': { steps: 120, set: ['play=64', 'epochs=4'] },
} as const;

describe.each(Object.entries(runs))('%s', (recipe, { steps, set }) => {
  it('killed again and again comes to the same bytes as in one go', { timeout: 600_000 }, async () => {
    const args = [
      ...['--engine', 'onnx', '--quiet', '--no-serve', '--steps', String(steps), '--checkpoint-every', '5'],
      ...set.flatMap((option) => ['--set', option]),
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
    expect(checkpointNames(run).at(-1)).toBe(checkpointNames(whole).at(-1));
    expect(newestDigest(run)).toBe(newestDigest(whole));
    expect(timelessLog(run)).toBe(timelessLog(whole));
  });
});
