import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scratchFolder, small, weir } from '../support/weir.ts';

const root = scratchFolder();
const run = join(root, 'run');

beforeAll(async () => {
  await weir('train', 'wgan-gp', ...small, '--steps', '2', '--out', run);
  const scripted = join(root, 'scripted');
  cpSync(run, scripted, { recursive: true });
  const config = parse(readFileSync(join(run, 'config.yaml'), 'utf8'));
  const { batch: _, ...own } = { ...config, recipe: 'mine', script: '/own.ts' };
  writeFileSync(join(scripted, 'config.yaml'), JSON.stringify(own));
});

it.each([
  ['export', ['--onnx', join(root, 'a.onnx')]],
  ['card', ['--out', join(root, 'card')]],
])('%s refuses the run of a script, says how it is opened, and writes nothing', async (command, args) => {
  const refused = await weir(command, join(root, 'scripted'), ...args);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(
    'expected the run of a recipe that weir list has, got one which the script /own.ts has recorded: ' +
      'start it again to go on, or call loadRun(dir, { learner }) in a script',
  );
  expect(readdirSync(root).sort()).toEqual(['run', 'scripted']);
});
