import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder, weirProcess } from '../support/weir.ts';

const root = scratchFolder();

/** All that has a state of its own, or a draw of its own in each step. */
const options = {
  augment: 'color,translation,cutout,flip',
  'penalty-kind': 'r1',
  // Checkpoints are at steps with the penalty and without it.
  'penalty-every': 3,
  average: 0.9,
  'average-warm-up': 'yes',
  'rate-schedule': 'cosine',
  'decay-to': 60,
  'warm-up': 10,
  'max-grad-norm': 0.5,
  accumulate: 2,
  filters: 2,
  latent: 4,
};

const args = [
  ...['--data', 'shapes:16', '--batch', '4', '--steps', '60'],
  ...Object.entries(options).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ...['--quiet', '--no-serve', '--checkpoint-every', '1'],
];

/** Steps of the newest checkpoint in a run directory. */
const newest = (run: string) => Number(/\d+/.exec(checkpointNames(run).at(-1) ?? '0')![0]);

it('a GAN killed again and again comes to the same bytes as in one go', async () => {
  const whole = join(root, 'whole');
  expect(await weirProcess('train', 'gan', ...args, '--out', whole).finished).toMatchObject({ code: 0 });

  const run = join(root, 'killed');
  let start = ['train', 'gan', ...args, '--out', run];
  for (const stop of [7, 21, 35]) {
    const { child, finished, until } = weirProcess(...start);
    await until(() => newest(run) >= stop);
    child.kill('SIGKILL');
    const { signal, stderr } = await finished;
    if (signal !== 'SIGKILL') throw new Error(`ended before it was killed: ${stderr}`);
    start = ['resume', run, '--quiet', '--no-serve'];
  }
  expect(await weirProcess(...start).finished).toMatchObject({ code: 0, stderr: '' });
  expect(newestDigest(run)).toBe(newestDigest(whole));
  expect(timelessLog(run)).toBe(timelessLog(whole));
});
