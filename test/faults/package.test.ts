import { execFile, spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const project = join(import.meta.dirname, '../..');

/** The settings of this project do not reach its users, and nobody outside the registry answers. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/onnxruntime/i.test(name)));
const cutOff = {
  ...env,
  GLOBAL_AGENT_HTTPS_PROXY: 'http://127.0.0.1:9',
  GLOBAL_AGENT_HTTP_PROXY: 'http://127.0.0.1:9',
};

const run = async (cwd: string, command: string, ...args: string[]) =>
  (await promisify(execFile)(command, args, { cwd, env: cutOff, maxBuffer: 1e8 })).stdout;

const script = `
import { take } from 'rxjs';
import { streams } from 'weir';
import { grid25, shuffled } from 'weir/data';
import { nCritic, pump, Run } from 'weir/streams';
const run = new Run();
const turns$ = pump(shuffled(grid25(), { size: 4 }), run).pipe(nCritic(2), take(5));
const { events, last } = await run.done(turns$);
console.log(events, last.player, last.batch.examples.shape, streams.pump === pump);
`;

const typed = `
import { nCritic, numbered, pump, Run } from 'weir/streams';
pump(numbered(['a']), new Run()).pipe(nCritic(2)).subscribe((turn) => {
  const player: 'critic' | 'generator' = turn.player;
  // @ts-expect-error the batch is text
  const batch: number = turn.batch;
  console.log(player, batch);
});
`;

/** The page and all that it is made of come out of the package, not out of this project. */
async function servesItsPage(): Promise<void> {
  const serving = spawn('node', ['node_modules/weir/dist/cli/main.js', 'serve', 'run', '--port', '0'], {
    ...{ cwd: root, env: cutOff },
  });
  const url = await new Promise<string>((resolve) => {
    serving.stdout.once('data', (text) => resolve(`${text}`.trim()));
  });
  const page = await (await fetch(url)).text();
  const parts = [...page.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1]!);
  expect(parts).toEqual(expect.arrayContaining(['/main.js', '/base.css', '/uPlot.esm.js', '/uPlot.min.css']));
  for (const part of [...parts, '/api/runs/run', '/api/series?run=run'])
    expect((await fetch(new URL(part, url))).status, part).toBe(200);
  const ended = new Promise((resolve) => serving.once('close', resolve));
  serving.kill('SIGTERM');
  expect(await ended).toBe(0);
}

it('the package that npm packs can be installed, imported and run, also where no CUDA libraries can be had', async () => {
  await run(project, 'npm', 'pack', '--pack-destination', root);
  const [tarball] = readdirSync(root).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(root, 'package.json'), '{"private":true,"type":"module"}');
  await run(root, 'npm', 'install', '--no-audit', '--no-fund', `./${tarball}`);
  writeFileSync(join(root, 'script.mjs'), script);
  expect(await run(root, 'node', 'script.mjs')).toBe('5 critic [ 4, 2 ] true\n');
  expect(await run(root, 'npx', 'weir', 'list')).toContain('wgan-gp');
  const trained = await run(
    root,
    'npx',
    'weir',
    'train',
    'wgan-gp',
    '--steps',
    '6',
    '--batch',
    '8',
    '--out',
    'run',
  );
  expect(trained).toContain('finished after 6 steps');
  await servesItsPage();
  writeFileSync(join(root, 'script.ts'), typed);
  await run(
    project,
    'npx',
    'tsc',
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--ignoreConfig',
    join(root, 'script.ts'),
  );
  expect(readdirSync(join(root, 'run')).sort()).toEqual([
    'checkpoints',
    'config.json',
    'log.jsonl',
    'notices.jsonl',
    'report.json',
    'samples',
  ]);
});
