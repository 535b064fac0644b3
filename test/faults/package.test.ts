import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { scratchFolder, untilOrEnd } from '../support/weir.ts';

const root = scratchFolder();
const app = join(root, 'app');
const main = join(app, 'node_modules/weir-streams/dist/cli/main.js');
const project = join(import.meta.dirname, '../..');

/** The settings of this project do not reach its users, and nobody outside the registry answers. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/onnxruntime|^npm_config_ignore_scripts$/i.test(name)),
);
const cutOff = {
  ...env,
  GLOBAL_AGENT_HTTPS_PROXY: 'http://127.0.0.1:9',
  GLOBAL_AGENT_HTTP_PROXY: 'http://127.0.0.1:9',
};

const run = async (cwd: string, command: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)(command, args, { cwd, env: { ...cutOff, ...extra }, maxBuffer: 1e8 });

/**
 * The programs of Node.js to prove the package with: this one, and those that
 * `WEIR_NODES=path:path` names.
 */
const nodes = new Map(
  [process.execPath, ...(process.env.WEIR_NODES ?? '').split(delimiter).filter((path) => path !== '')].map(
    (path) => [execFileSync(path, ['--version'], { encoding: 'utf8' }).split('.')[0]!, path],
  ),
);

const script = `
import { take } from 'rxjs';
import { streams } from 'weir-streams';
import { grid25, shuffled } from 'weir-streams/data';
import { nCritic, pump, Run } from 'weir-streams/streams';
const run = new Run();
const steps$ = pump(shuffled(grid25(), { size: 4 }), run).pipe(nCritic(2), take(5));
const { events, last } = await run.done(steps$);
console.log(events, last.player, last.batch.examples.shape, streams.pump === pump);
`;

const typed = `
import { nCritic, numbered, pump, Run } from 'weir-streams/streams';
pump(numbered(['a']), new Run()).pipe(nCritic(2)).subscribe((step) => {
  const player: 'critic' | 'generator' = step.player;
  // @ts-expect-error the batch is text
  const batch: number = step.batch;
  console.log(player, batch);
});
`;

/** The page and all that it is made of come out of the package, not out of this project. */
async function servesItsPage(node: string, directory: string): Promise<void> {
  const serving = spawn(node, [main, 'serve', directory, '--port', '0'], {
    cwd: app,
    env: cutOff,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => serving.once('close', resolve));
  let stdout = '';
  serving.stdout.on('data', (chunk) => (stdout += chunk));
  await untilOrEnd(serving, () => stdout.includes('\n'));
  const url = stdout.trim();
  try {
    const page = await (await fetch(url)).text();
    const parts = [...page.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1]!);
    expect(parts).toEqual(
      expect.arrayContaining(['/main.js', '/base.css', '/uPlot.esm.js', '/uPlot.min.css']),
    );
    for (const part of [...parts, `/api/runs/${directory}`, `/api/series?run=${directory}`])
      expect((await fetch(new URL(part, url))).status, part).toBe(200);
  } finally {
    serving.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
}

/** Files of a package that a page of it links to. */
function linksOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => join(path, '..', match[1]!));
}

describe('the package that npm packs', () => {
  beforeAll(async () => {
    await run(project, 'npm', ['run', 'package', '--', '--pack-destination', root]);
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), '{"private":true,"type":"module"}');
    const [tarball] = readdirSync(root).filter((name) => name.endsWith('.tgz'));
    await run(app, 'npm', ['install', '--no-audit', '--no-fund', join(root, tarball!)]);
  });

  it('brings what its pages link to, and the sources that its maps name', () => {
    const home = join(app, 'node_modules/weir-streams');
    const pages = readdirSync(home, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(home, name));
    expect(pages.length).toBeGreaterThan(40);
    expect(pages.flatMap(linksOf).filter((path) => !existsSync(path))).toEqual([]);
    for (const map of ['dist/index.js.map', 'dist/streams/pump.d.ts.map']) {
      const { sources } = JSON.parse(readFileSync(join(home, map), 'utf8'));
      expect(existsSync(join(home, map, '..', sources[0])), map).toBe(true);
    }
  });

  it('trains where npm left the compiled engine out, says so in one line, and the advice helps', async () => {
    const args = ['weir-streams', 'train', 'wgan-gp', '--steps', '6', '--batch', '8', '--no-serve'];
    // An npm that runs no install scripts has not left it out.
    rmSync(join(app, 'node_modules/onnxruntime-node'), { recursive: true, force: true });
    const { stderr } = await run(app, 'npx', [...args, '--out', 'slow']);
    const lines = stderr.split('\n').filter((line) => line.includes('onnxruntime'));
    expect(lines).toEqual([expect.stringContaining('engine auto takes wasm')]);
    const [, , advised] = /Install it with (\S+)=skip npm install (\S+),/.exec(lines[0]!)!;
    await run(app, 'npm', ['install', '--no-audit', '--no-fund', advised!], {
      ONNXRUNTIME_NODE_INSTALL: 'skip',
    });
    expect((await run(app, 'npx', [...args, '--out', 'fast'])).stderr).not.toContain('onnxruntime');
    expect(parseYaml(readFileSync(join(app, 'fast/config.yaml'), 'utf8')).engine).toBe('onnx');
  });

  it('evaluates in the background without tsx, which only a clone has', async () => {
    expect(existsSync(join(app, 'node_modules/tsx'))).toBe(false);
    const evaluation = ['--evaluate-every', '20', '--evaluate-async', '--samples', '32'];
    const args = ['weir-streams', 'train', 'wgan-gp', '--steps', '20', '--batch', '8', '--no-serve'];
    const { stderr } = await run(app, 'npx', [...args, ...evaluation, '--out', 'background']);
    expect(stderr).not.toContain('no evaluation');
    const events = readFileSync(join(app, 'background/events.jsonl'), 'utf8').trim().split('\n');
    const scored = events.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'evaluation');
    expect(scored).toMatchObject([{ index: 20, values: { fid: expect.any(Number) } }]);
  });

  it('exports a page with onnxruntime-web inside, which is not installed', async () => {
    expect(existsSync(join(app, 'node_modules/onnxruntime-web'))).toBe(false);
    const { stdout } = await run(app, 'npx', ['weir-streams', 'export', 'fast', '--web', 'page']);
    expect(stdout).toMatch(/generator: a page of 5\.\d MB beside its model/);
    expect(readFileSync(join(app, 'page/runtime.js'), 'utf8')).toContain('weirRuntime');
  });

  it('has types for its users', async () => {
    writeFileSync(join(app, 'script.ts'), typed);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--ignoreConfig'];
    await run(project, 'npx', ['tsc', ...options, join(app, 'script.ts')]);
  });

  for (const version of ['v20', 'v22', 'v24']) {
    const node = nodes.get(version);
    it.skipIf(node === undefined)(
      `runs on Node.js ${version} (skipped where WEIR_NODES names none): script, list, train, resume, sample, page`,
      async () => {
        const weir = async (...args: string[]) => (await run(app, node!, [main, ...args])).stdout;
        writeFileSync(join(app, 'script.mjs'), script);
        expect((await run(app, node!, ['script.mjs'])).stdout).toBe('5 critic [ 4, 2 ] true\n');
        expect(await weir('list')).toContain('wgan-gp');
        const small = ['--steps', '6', '--batch', '8', '--out', version];
        expect(await weir('train', 'wgan-gp', ...small)).toContain('finished after 6 steps');
        expect(await weir('resume', version, '--steps', '9')).toContain('finished after 9 steps');
        expect(parseYaml(readFileSync(join(app, version, 'config.yaml'), 'utf8')).engine).toBe('onnx');
        await weir('sample', version, '--count', '16', '--out', `${version}.png`);
        expect(existsSync(join(app, `${version}.png`))).toBe(true);
        await servesItsPage(node!, version);
        expect(readdirSync(join(app, version)).sort()).toEqual([
          'checkpoints',
          'config.yaml',
          'events.jsonl',
          'log.jsonl',
          'report.json',
          'samples',
        ]);
      },
    );
  }
});
