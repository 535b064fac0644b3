import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { scratchFolder, small, untilOrEnd, weir } from '../support/weir.ts';

const project = join(import.meta.dirname, '../..');
const root = scratchFolder();
const fashion = join(project, '../shared/data/fashion-mnist');

/** Runs an example as a user does, in another folder than the project's. */
async function example(name: string, ...args: string[]): Promise<string> {
  const tsx = join(project, 'node_modules/tsx/dist/cli.mjs');
  const command = [
    tsx,
    '--tsconfig',
    join(project, 'tsconfig.json'),
    join(project, 'examples', name),
    ...args,
  ];
  return (await promisify(execFile)(process.execPath, command, { cwd: root })).stdout;
}

describe('the examples', () => {
  it('are scripts of at most 25 lines, an environment included 40, that begin with what they are', () => {
    const scripts = readdirSync(join(project, 'examples')).filter((name) => name.endsWith('.ts'));
    expect(scripts).not.toEqual([]);
    for (const name of scripts) {
      const lines = readFileSync(join(project, 'examples', name), 'utf8')
        .trimEnd()
        .split('\n');
      expect(lines[0], name).toMatch(/^\/\/ .*npx tsx examples\//);
      expect(lines.length, name).toBeLessThanOrEqual(name.includes('environment') ? 40 : 25);
    }
  });

  it('wgan-gp-points.ts trains, saves and scores', async () => {
    const out = await example('wgan-gp-points.ts', '20');
    expect(out).toContain("ended: 'completed'");
    expect(out).toContain('centres: 25');
    expect(readdirSync(join(root, 'runs/by-hand'))).toEqual(['checkpoint-0000000020.safetensors']);
  });

  it('own-gan.ts trains parts put together by hand', async () => {
    expect(await example('own-gan.ts', '12')).toMatch(/events: 12[\s\S]*fakeAccuracy[\s\S]*centres: 8/);
  });

  it('evaluated-points.ts scores what it learns, at the end too', async () => {
    const out = await example('evaluated-points.ts', '20');
    expect(out).toMatch(/step 20 \{\s+fid: [\d.]+/);
    expect(out).toContain("ended: 'completed'");
  });

  it('metrics-and-traces.ts trains and lets its server go', async () => {
    const out = await example('metrics-and-traces.ts', '12', '0');
    expect(out).toContain("ended: 'completed'");
  });

  it('pendulum-ppo.ts trains on normalised observations and rewards', async () => {
    const out = await example('pendulum-ppo.ts', '1');
    expect(out).toMatch(/policyLoss[\s\S]*ended: 'completed'/);
  });

  it('load-run.ts samples the newest run of a folder', async () => {
    const train = ['train', 'wgan-gp', ...small, '--steps', '8', '--no-serve', '--quiet'];
    for (const name of ['a', 'b'])
      expect(await weir(...train, '--out', join(root, 'loaded', name))).toMatchObject({ code: 0 });
    const out = await example('load-run.ts', 'loaded', 'loaded.png');
    expect(out).toMatch(/b wgan-gp at step 8, finished[\s\S]*centres: 25/);
    expect(existsSync(join(root, 'loaded.png'))).toBe(true);
  });

  it('recorded-gan.ts records its run, and goes on where a shorter one has ended', async () => {
    expect(await example('recorded-gan.ts', '12')).toMatch(
      /ended: 'finished'[\s\S]*steps: 12[\s\S]*startedAt: 0/,
    );
    const out = await example('recorded-gan.ts', '20');
    expect(out).toMatch(/ended: 'finished'[\s\S]*steps: 20[\s\S]*startedAt: 12[\s\S]*centres: 8/);
  });

  it('changed-recipe.ts records a recipe with another schedule, and goes on with it', async () => {
    expect(await example('changed-recipe.ts', '12')).toMatch(
      /recipe: 'wgan-gp-two'[\s\S]*steps: 12[\s\S]*\/25 modes/,
    );
    expect(await example('changed-recipe.ts', '18')).toMatch(/steps: 18[\s\S]*startedAt: 12/);
  });

  it('recorded-environment.ts learns in its own environment, with scores and a page', async () => {
    const out = await example('recorded-environment.ts', '40', '0');
    expect(out).toMatch(/http:\/\/127\.0\.0\.1:\d+\/[\s\S]*ended: 'finished'[\s\S]*steps: 40/);
    const folder = join(root, 'runs/corridor');
    expect(readdirSync(join(folder, 'checkpoints'))).toContain('best.safetensors');
    expect(readFileSync(join(folder, 'events.jsonl'), 'utf8').match(/"kind":"evaluation"/g)).toHaveLength(2);
  });

  it('sample-run.ts draws samples of a run and writes a file of them', async () => {
    const path = join(root, 'runs/sampled');
    const args = ['--steps', '2', '--no-serve', '--quiet', '--out', path];
    expect(await weir('train', 'wgan-gp', ...small, ...args)).toMatchObject({ code: 0 });
    expect(await example('sample-run.ts', path)).toMatch(/Float32Array\(8\)[\s\S]*written: 1000/);
    expect(readFileSync(join(root, 'samples.npy'))).toHaveLength(128 + 1000 * 2 * 4);
  });

  it('serve-samples.ts answers with pictures, refuses what is wrong, and stops in order', async () => {
    const path = join(root, 'runs/served');
    const set = ['--data', 'shapes:16', '--set', 'filters=2', '--steps', '2', '--no-serve', '--quiet'];
    expect(await weir('train', 'cgan', ...set, '--out', path)).toMatchObject({ code: 0 });
    const [tsx, config] = [join(project, 'node_modules/tsx/dist/loader.mjs'), join(project, 'tsconfig.json')];
    const server = spawn(
      process.execPath,
      ['--import', tsx, join(project, 'examples/serve-samples.ts'), path, '0'],
      { cwd: root, env: { ...process.env, TSX_TSCONFIG_PATH: config }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    server.stdout.on('data', (chunk) => (said += chunk));
    const ended = new Promise((resolve) => server.once('close', resolve));
    await untilOrEnd(server, () => said.includes('\n'));
    const get = async (query: string) => {
      const answer = await fetch(new URL(query, said.trim()));
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    };
    const [ring, again, star] = await Promise.all(
      ['?class=ring&seed=1', '?class=6&seed=1', '?class=star&seed=1'].map(get),
    );
    expect(PNG.sync.read(ring!.body)).toMatchObject({ width: 16, height: 16 });
    expect(again).toEqual(ring);
    expect(star!.body).not.toEqual(ring!.body);
    const { status, body } = await get('?class=cube');
    expect([status, body.toString()]).toEqual([
      400,
      expect.stringContaining('class: expected one of circle'),
    ]);
    expect((await get('?sede=1')).body.toString()).toContain('did you mean seed?');
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('own-dataset.ts trains on an async iterable', async () => {
    expect(await example('own-dataset.ts', '12')).toMatch(/events: 12[\s\S]*Float32Array\(6\)/);
  });

  it.skipIf(!existsSync(fashion))(
    'wgan-gp-images.ts trains on garments and draws some (needs ../shared/data)',
    async () => {
      expect(await example('wgan-gp-images.ts', fashion, '2')).toContain("ended: 'completed'");
      expect(existsSync(join(root, 'samples.png'))).toBe(true);
    },
  );

  it('mountain-car.ts learns, saves and evaluates', async () => {
    const out = await example('mountain-car.ts', '30');
    expect(out).toMatch(/events: 6000[\s\S]*ended: 'completed'[\s\S]*-200/);
    expect(readdirSync(join(root, 'runs/mountain-car'))).toEqual(['checkpoint-0000006000.safetensors']);
  });

  it('cart-pole-ppo.ts plays, learns and evaluates', async () => {
    expect(await example('cart-pole-ppo.ts', '3')).toMatch(/entropy: 0\.6[\s\S]*events: 3[\s\S]*} \d+/);
  });

  it('own-environment.ts keeps the laws, and bakes where the shelf is empty', async () => {
    const out = await example('own-environment.ts', '40000');
    expect(out).toMatch(/returnMean: \d/);
    const policy = /policy: \[([^\]]*)\]/.exec(out.replaceAll(/\s+/g, ' '))![1]!.split(',').map(Number);
    expect(policy).toHaveLength(10);
    expect(policy[0]).toBeGreaterThan(policy[9]!);
  });
});
