import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { main } from '../../../src/cli/program.ts';
import { idxFile } from '../../data/idx-file.ts';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const [gan, agent] = [join(root, 'gan'), join(root, 'agent')];

beforeAll(async () => {
  const quiet = ['--quiet', '--no-serve', '--engine', 'cpu'];
  await weir('train', 'wgan', ...small, ...quiet, '--steps', '3', '--out', gan);
  await weir('train', 'frozen-lake-q', ...quiet, '--steps', '3000', '--out', agent);
});

describe('each option of weir train', () => {
  it('is kept in the config of a GAN', async () => {
    const out = join(root, 'all');
    const { code, stderr } = await weir(
      'train',
      'gan',
      '--data',
      'grid25',
      '--engine',
      'cpu',
      '--steps',
      '6',
      '--batch',
      '12',
      '--seed',
      '7',
      '--set',
      'width=5',
      '--set',
      'depth=2',
      '--set',
      'beta1=0.25',
      '--out',
      out,
      '--checkpoint-every',
      '4',
      '--log-every',
      '2',
      '--evaluate-every',
      '3',
      '--metrics',
      'fid,modes',
      '--samples',
      '40',
      '--keep-best',
      'modes',
      '--stop-after',
      '9',
      '--evaluate-async',
      '--quiet',
      '--no-serve',
    );
    expect({ code, stderr: stderr.replace(/^weir: no evaluation at step.*\n/gm, '') }).toEqual({
      code: 0,
      stderr: '',
    });
    const { options, ...config } = parseYaml(readFileSync(join(out, 'config.yaml'), 'utf8'));
    expect(config).toMatchObject({
      recipe: 'gan',
      data: 'grid25',
      engine: 'cpu',
      steps: 6,
      batch: 12,
      seed: 7,
      checkpointEvery: 4,
      logEvery: 2,
    });
    expect(config.evaluation).toEqual({
      every: 3,
      scores: ['fid', 'modes'],
      samples: 40,
      keepBest: 'modes',
      stopAfter: 9,
      background: true,
    });
    expect(options).toMatchObject({ width: 5, depth: 2, beta1: 0.25, latent: 2 });
  });

  it('is kept in the config of an agent', async () => {
    const out = join(root, 'all-agent');
    const { code } = await weir(
      'train',
      'taxi-q',
      '--engine',
      'cpu',
      '--steps',
      '60',
      '--seed',
      '7',
      '--set',
      'method=sarsa',
      '--evaluate-every',
      '30',
      '--episodes',
      '2',
      '--keep-best',
      'returnMean',
      '--stop-after',
      '5',
      '--quiet',
      '--no-serve',
      '--out',
      out,
    );
    expect(code).toBe(0);
    const { seed, steps, options, evaluation } = parseYaml(readFileSync(join(out, 'config.yaml'), 'utf8'));
    expect({ seed, steps, method: options.method }).toEqual({ seed: 7, steps: 60, method: 'sarsa' });
    expect(evaluation).toEqual({ every: 30, episodes: 2, keepBest: 'returnMean', stopAfter: 5 });
  });
});

describe('each option of weir sample', () => {
  const drawn = async (...args: string[]) => {
    const out = join(root, 'sample.png');
    const { code, stdout, stderr } = await weir('sample', gan, '--out', out, ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return { picture: hash(out), stdout };
  };

  it('reaches the picture, or leaves it as it should', async () => {
    const { picture } = await drawn();
    expect((await drawn('--seed', '0')).picture).toBe(picture);
    expect((await drawn('--engine', 'cpu')).picture).toBe(picture);
    expect((await drawn('--count', '2500')).picture).toBe(picture);
    for (const other of [
      ['--seed', '1'],
      ['--count', '9'],
      ['--interpolate', '2'],
    ])
      expect((await drawn(...other)).picture).not.toBe(picture);
    expect((await drawn('--interpolate', '2')).picture).not.toBe((await drawn('--interpolate', '3')).picture);
  });

  it('scores what can be scored, and no ways between samples', async () => {
    expect((await drawn()).stdout).toMatch(/sample\.png\n\d\/8 modes, \d+ % high quality\n$/);
    expect((await drawn('--interpolate', '2')).stdout).toMatch(/sample\.png\n$/);
    expect((await weir('sample', gan, '--interpolate', '2')).stdout).toBe(
      `${join(gan, 'samples/interpolation-3.png')}\n`,
    );
    const refused = await weir('sample', agent);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('run directory: expected the run of a GAN, got');
  });
});

describe('each option of weir render', () => {
  const rendered = async (...args: string[]) => {
    const out = join(root, 'episode.gif');
    const { code, stdout } = await weir('render', agent, '--out', out, ...args);
    expect(code).toBe(0);
    return hash(out) + stdout;
  };

  it('reaches the episode, or leaves it as it should', async () => {
    const film = await rendered();
    for (const same of [
      ['--seed', '0'],
      ['--episode', '0'],
      ['--width', '320'],
      ['--engine', 'cpu'],
    ])
      expect(await rendered(...same)).toBe(film);
    for (const other of [
      ['--seed', '1'],
      ['--episode', '1'],
      ['--width', '160'],
    ])
      expect(await rendered(...other)).not.toBe(film);
  });

  it('counts the steps of the episode, and makes the folders of the file', async () => {
    const out = join(root, 'new', 'folder', 'strip.PNG');
    const { stdout } = await weir('render', agent, '--out', out, '--width', '64');
    expect(stdout).toMatch(
      new RegExp(`^${out}\nreturn [01] in \\d+ steps, ended by (termination|truncation)\n$`),
    );
    expect(PNG.sync.read(readFileSync(out)).width % 68).toBe(4);
  });
});

describe('each option of weir evaluate for agents', () => {
  it('reaches the episodes', async () => {
    const returns = async (...args: string[]) =>
      JSON.parse((await weir('evaluate', agent, '--json', '--episodes', '60', ...args)).stdout).returns;
    const first = await returns();
    expect(first).toHaveLength(60);
    expect(await returns('--seed', '0')).toEqual(first);
    expect(await returns('--seed', '3')).not.toEqual(first);
  });
});

describe('weir data show', () => {
  it('counts the labels of all examples, however they come out in blocks', async () => {
    const data = join(root, 'numbers');
    mkdirSync(data);
    const labels = Array.from({ length: 257 }, (_, i) => (i === 256 ? 2 : i % 2));
    writeFileSync(join(data, 'train-images-idx3-ubyte'), idxFile([257, 1, 1], labels));
    writeFileSync(join(data, 'train-labels-idx1-ubyte'), idxFile([257], labels));
    const { stdout } = await weir('data', 'show', `idx:${data}`, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      examples: 257,
      classes: [
        { name: '0', examples: 128 },
        { name: '1', examples: 128 },
        { name: '2', examples: 1 },
      ],
    });
  });

  it('counts nothing where there is no end', async () => {
    const { stdout } = await weir('data', 'show', 'ring8', '--json');
    const { examples, shape, classes } = JSON.parse(stdout);
    expect({ examples, shape }).toEqual({ examples: 'endless', shape: '2' });
    expect(classes).toHaveLength(8);
    expect(classes[0].examples).toBe('endless');
  });
});

describe('the progress on a terminal', () => {
  it('ends its line before anything else is printed, once', async () => {
    const written: [stream: string, text: string][] = [];
    const stream = (name: string, isTTY: boolean) => ({
      isTTY,
      columns: 80,
      write: (text: string) => written.push([name, text]) > 0,
    });
    const console = { stdout: stream('out', true), stderr: stream('err', true), env: { NO_COLOR: '1' } };
    const out = join(root, 'terminal');
    // Long enough for a line of progress, which is written every fifth of a second.
    const args = ['train', 'taxi-q', '--engine', 'cpu', '--no-serve', '--steps', '1000000', '--out', out];
    expect(await main(args, console)).toBe(0);
    const last = written.findIndex(([name]) => name === 'out');
    expect(written.some(([, text]) => text.startsWith('\r'))).toBe(true);
    expect(written[last - 1]).toEqual(['err', '\n']);
    expect(written[last]![1]).toMatch(/^finished after 1000000 steps/);
    expect(written.slice(last + 1)).toEqual([]);
  });
});
