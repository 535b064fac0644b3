import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listRuns } from '../../../src/runs/index.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();

it('lists the runs of a folder, the one that was written to last first', async () => {
  mkdirSync(join(root, 'no-run'));
  for (const [name, at] of [
    ['old', 1000],
    ['newest', 3000],
    ['newer', 2000],
  ] as const) {
    await smallRun(join(root, name), { seed: at });
    utimesSync(join(root, name, 'config.yaml'), at, at);
  }
  const before = readdirSync(root, { recursive: true });
  const runs = await listRuns(root);
  expect(runs.map(({ name, seed, changed }) => ({ name, seed, changed }))).toEqual([
    { name: 'newest', seed: 3000, changed: 3_000_000 },
    { name: 'newer', seed: 2000, changed: 2_000_000 },
    { name: 'old', seed: 1000, changed: 1_000_000 },
  ]);
  expect(runs[0]).toMatchObject({
    path: join(root, 'newest'),
    recipe: 'wgan-gp',
    state: 'interrupted',
    done: 0,
    steps: 20,
  });
  expect(readdirSync(root, { recursive: true })).toEqual(before);
});

it('refuses a folder that is not there', async () => {
  const none = join(root, 'none');
  await expect(listRuns(none)).rejects.toThrow(`folder: expected one that can be read, got ${none} (ENOENT)`);
  expect(await listRuns(join(root, 'no-run'))).toEqual([]);
});
