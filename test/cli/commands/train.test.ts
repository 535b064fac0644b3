import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('weir train', () => {
  it('fills a run directory and tells how it ended', async () => {
    const out = join(root, 'run');
    const run = await weir(
      'train',
      'wgan-gp',
      ...small,
      '--steps',
      '25',
      '--checkpoint-every',
      '10',
      '--out',
      out,
    );
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toMatch(/^finished after 25 steps \(25 in .*\n/);
    expect(run.stdout).toMatch(/\d+\/25 modes, \d+ % high quality\n$/);
    expect(run.stderr).toContain('weir: wgan-gp on grid25, engine cpu (asked for by name)');

    expect(parseYaml(readFileSync(join(out, 'config.yaml'), 'utf8'))).toMatchObject({
      recipe: 'wgan-gp',
      data: 'grid25',
      engine: 'cpu',
      steps: 25,
    });
    const report = json(join(out, 'report.json'));
    expect(report).toMatchObject({ ended: 'finished', steps: 25, startedAt: 0, engine: 'cpu' });
    expect(report.values.critic).toHaveProperty('wasserstein');
    expect(report.stepsPerSecond).toBeGreaterThan(0);
    expect(readdirSync(join(out, 'checkpoints')).sort()).toEqual(
      [10, 20, 25].map((step) => `checkpoint-${String(step).padStart(10, '0')}.safetensors`),
    );
    const log = readFileSync(join(out, 'log.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(log.map(({ index }) => index)).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect(log[0]).toMatchObject({ player: 'critic', loss: expect.any(Number), seconds: expect.any(Number) });
    expect(readdirSync(join(out, 'samples')).sort()).toEqual([
      'final.png',
      ...[10, 20, 25].map((step) => `step-${String(step).padStart(8, '0')}.png`),
    ]);
    expect(PNG.sync.read(readFileSync(join(out, 'samples/final.png'))).width).toBe(640);
  });

  it('prints nothing but the report with --json, and nothing at all with --quiet', async () => {
    const printed = await weir(
      'train',
      'wgan',
      ...small,
      '--steps',
      '2',
      '--json',
      '--quiet',
      '--out',
      join(root, 'json'),
    );
    expect(JSON.parse(printed.stdout)).toMatchObject({ recipe: 'wgan', data: 'ring8', steps: 2 });
    expect(printed.stderr).toBe('');
    const quiet = await weir(
      'train',
      'wgan',
      ...small,
      '--steps',
      '2',
      '--quiet',
      '--out',
      join(root, 'quiet'),
    );
    expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('logs one step of each player in n where asked', async () => {
    const out = join(root, 'sparse');
    const every = ['--set', 'critic-steps=1', '--log-every', '4', '--checkpoint-every', '20'];
    await weir('train', 'wgan', ...small, '--steps', '20', ...every, '--out', out);
    const lines = readFileSync(join(out, 'log.jsonl'), 'utf8').trimEnd().split('\n');
    // Of each player, and the last step before a checkpoint.
    expect(lines.map((line) => JSON.parse(line).index)).toEqual([0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 19]);
  });

  it('trains on images and draws a grid of them', async () => {
    const out = join(root, 'images');
    const tiny = ['--engine', 'wasm', '--batch', '4', '--set', 'filters=2', '--set', 'latent=4'];
    const run = await weir('train', 'wgan-gp', '--data', 'shapes:16', ...tiny, '--steps', '6', '--out', out);
    expect(run).toMatchObject({ code: 0 });
    const { width, height } = PNG.sync.read(readFileSync(join(out, 'samples/final.png')));
    expect([width, height]).toEqual([8 * 50 + 2, 8 * 50 + 2]);
  });

  it.each([
    ['an unknown recipe', ['wgan-pg'], 'got "wgan-pg"; did you mean wgan-gp?'],
    ['an unknown dataset', ['wgan-gp', '--data', 'grid52'], 'got "grid52"; did you mean grid25?'],
    [
      'an unknown engine',
      ['wgan-gp', '--engine', 'wsam'],
      'engine: expected one of auto, tensorflow, onnx, onnx:webgpu, onnx:cuda, wasm, cpu, got "wsam"',
    ],
    ['an unknown key', ['wgan-gp', '--set', 'penality=1'], 'got "penality"; did you mean penalty?'],
    ['a key without a value', ['wgan-gp', '--set', 'penalty'], '--set: expected name=value, got "penalty"'],
    ['no steps', ['wgan-gp', '--steps', '0'], '--steps: expected a whole number from 1, got 0'],
    ['negative steps', ['wgan-gp', '--steps', '-1'], '--steps: expected a whole number from 1, got -1'],
    ['half a step', ['wgan-gp', '--steps', '1.5'], '--steps: expected a whole number from 1, got 1.5'],
    ['steps in words', ['wgan-gp', '--steps', 'abc'], '--steps: expected a number, got "abc"'],
    [
      'an empty batch',
      ['wgan-gp', '--batch', '0'],
      '--batch: expected a whole number from 1 to 65536, got 0',
    ],
    ['a negative seed', ['wgan-gp', '--seed', '-3'], '--seed: expected a whole number from 0, got -3'],
    ['an unknown option', ['wgan-gp', '--epochs', '3'], "unknown option '--epochs'"],
    ['no recipe', [], '<recipe>: expected the name of a recipe or --config, got neither'],
    ['a folder without images', ['wgan-gp', '--data', `idx:${root}`], 'found no'],
    [
      'a decay that ends before it begins',
      ['wgan-gp', '--set', 'decay-to=5'],
      '--set decay-to: expected 0 or more than',
    ],
  ])('refuses %s with exit code 1 and leaves no directory', async (_, args, message) => {
    const out = join(root, 'refused');
    const run = await weir('train', ...args, '--out', out);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toContain('    at ');
    expect(existsSync(join(out, 'config.yaml'))).toBe(false);
  });

  it('refuses files that are not what they should be', async () => {
    const { mkdirSync } = await import('node:fs');
    for (const [name, bytes, message] of [
      ['foreign', Buffer.from('this is no idx file'), 'at byte 0'],
      ['truncated', Buffer.from([0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 28, 0, 0, 0, 28, 1]), 'bytes'],
    ] as const) {
      const folder = join(root, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'train-images-idx3-ubyte'), bytes);
      const run = await weir('train', 'wgan-gp', '--data', `idx:${folder}`, '--out', join(root, 'refused'));
      expect(run).toMatchObject({ code: 1 });
      expect(run.stderr).toContain('train-images-idx3-ubyte');
      expect(run.stderr).toContain(message);
    }
  });

  it('refuses a dataset smaller than a batch, naming both', async () => {
    const folder = join(root, 'three');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(folder);
    const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 16, 0, 0, 0, 16]);
    writeFileSync(join(folder, 'train-images-idx3-ubyte'), Buffer.concat([header, Buffer.alloc(3 * 256)]));
    const run = await weir(
      'train',
      'wgan-gp',
      '--data',
      `idx:${folder}`,
      '--batch',
      '4',
      '--out',
      join(root, 'refused'),
    );
    expect(run).toMatchObject({ code: 1 });
    expect(run.stderr).toMatch(/--batch: expected at most the 3 examples of .*, got 4/);
    expect(existsSync(join(root, 'refused', 'config.yaml'))).toBe(false);
  });

  it('refuses a directory that holds another run and leaves it alone', async () => {
    const out = join(root, 'taken');
    await weir('train', 'wgan', ...small, '--steps', '2', '--out', out);
    const before = readFileSync(join(out, 'log.jsonl'), 'utf8');
    const run = await weir('train', 'wgan', ...small, '--steps', '3', '--out', out);
    expect(run).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('which holds another run; name another one, or use weir resume');
    expect(readFileSync(join(out, 'log.jsonl'), 'utf8')).toBe(before);
    expect(existsSync(join(out, 'lock'))).toBe(false);
  });

  it('stops by policy at a loss that is no number and keeps the last good checkpoint', async () => {
    const out = join(root, 'spoilt');
    const wild = [
      '--set',
      'critic-rate=1e38',
      '--set',
      'generator-rate=1e38',
      '--set',
      'decay-to=0',
      '--set',
      'decay-from=0',
    ];
    const run = await weir(
      'train',
      'wgan-gp',
      ...small,
      ...wild,
      '--steps',
      '50',
      '--checkpoint-every',
      '1',
      '--out',
      out,
    );
    expect(run).toMatchObject({ code: 3 });
    expect(run.stderr).toMatch(/step \d+ of (critic|generator): \w+ is (NaN|-?Infinity)/);
    const report = json(join(out, 'report.json'));
    expect(report).toMatchObject({ ended: 'failed', error: { code: 'NON_FINITE_LOSS' } });
    const spoilt = Number(/step (\d+)/.exec(run.stderr)![1]);
    expect(report.steps).toBe(spoilt);
    const checkpoints = readdirSync(join(out, 'checkpoints')).sort();
    expect(checkpoints.at(-1)).toBe(`checkpoint-${String(spoilt).padStart(10, '0')}.safetensors`);
  });
});
