import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const half = join(root, 'half');
const whole = join(root, 'whole');
const every = ['--checkpoint-every', '10'];

const checkpoints = (run: string) => readdirSync(join(run, 'checkpoints')).sort();
const hash = (run: string) => {
  const newest = checkpoints(run).at(-1)!;
  return [
    newest,
    createHash('sha256')
      .update(readFileSync(join(run, 'checkpoints', newest)))
      .digest('hex'),
  ];
};
const log = (run: string) => readFileSync(join(run, 'log.jsonl'), 'utf8').replaceAll(/"seconds":[^,]+,/g, '');

/** A copy of the half run, for a test to change. */
function copy(name: string): string {
  const to = join(root, name);
  cpSync(half, to, { recursive: true });
  return to;
}

beforeAll(async () => {
  await weir('train', 'wgan-gp', ...small, ...every, '--steps', '40', '--out', whole);
  await weir('train', 'wgan-gp', ...small, ...every, '--steps', '20', '--out', half);
});

describe('weir resume', () => {
  it('goes on to the very bytes of a run that never stopped', async () => {
    const run = copy('resumed');
    expect(await weir('resume', run, '--steps', '40')).toMatchObject({ code: 0 });
    expect(hash(run)).toEqual(hash(whole));
    expect(log(run)).toBe(log(whole));
    expect(JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'))).toMatchObject({
      startedAt: 20,
      steps: 40,
    });
    expect(JSON.parse(readFileSync(join(run, 'config.json'), 'utf8')).steps).toBe(40);
  });

  it('goes back to the last good checkpoint when the newest is torn, and says so', async () => {
    const run = copy('torn');
    const newest = join(run, 'checkpoints', checkpoints(run).at(-1)!);
    writeFileSync(newest, readFileSync(newest).subarray(0, 1000));
    const resumed = await weir('resume', run, '--steps', '40');
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stderr).toMatch(/checkpoint-0000000020.safetensors.*; going back to turn 10/);
    expect(hash(run)).toEqual(hash(whole));
    expect(log(run)).toBe(log(whole));
  });

  it('begins again when there was no checkpoint yet', async () => {
    const run = copy('none');
    rmSync(join(run, 'checkpoints'), { recursive: true });
    appendFileSync(join(run, 'log.jsonl'), '{"index":20,"pl');
    expect(await weir('resume', run, '--steps', '40')).toMatchObject({ code: 0 });
    expect(hash(run)).toEqual(hash(whole));
    expect(log(run)).toBe(log(whole));
  });

  it('may go on with another engine', async () => {
    const run = copy('engine');
    expect(await weir('resume', run, '--steps', '30', '--engine', 'wasm')).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(run, 'config.json'), 'utf8')).engine).toBe('wasm');
  });

  it.each([
    [
      'a run that has done its steps',
      () => [half],
      '--steps: expected more than the 20 turns that the run has done, got 20',
    ],
    ['a directory that is no run', () => [root], 'which has no config.json'],
    ['a directory that does not exist', () => [join(root, 'nowhere')], 'which has no config.json'],
    ['steps that are no number', () => [half, '--steps', 'x'], '--steps: expected a number, got "x"'],
    ['other data', () => [half, '--steps', '40', '--data', 'ring8'], 'expected data '],
  ])('refuses %s', async (_, args, message) => {
    const before = log(half);
    const run = await weir('resume', ...args());
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(log(half)).toBe(before);
    expect(existsSync(join(half, 'lock'))).toBe(false);
    expect(existsSync(join(root, 'nowhere'))).toBe(false);
  });

  it.each([
    ['corrupt', Buffer.from('not a checkpoint at all'), 'checkpoint-0000000020.safetensors'],
    ['foreign', foreign(), 'checkpoint-0000000020.safetensors'],
  ])('refuses a run whose checkpoints are all %s', async (name, bytes, message) => {
    const run = copy(name);
    for (const file of checkpoints(run)) writeFileSync(join(run, 'checkpoints', file), bytes);
    const resumed = await weir('resume', run, '--steps', '40');
    expect(resumed).toMatchObject({ code: 1 });
    expect(resumed.stderr).toContain(message);
  });

  it('refuses features where nothing is evaluated', async () => {
    const refused = await weir('resume', half, '--steps', '40', '--features', 'some.safetensors');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('--features: expected a run that is evaluated, got one that is not');
  });

  it('refuses a checkpoint of other hyper-parameters', async () => {
    const run = copy('other');
    const path = join(run, 'config.json');
    const config = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...config, options: { ...config.options, penalty: 5 } }));
    const resumed = await weir('resume', run, '--steps', '40');
    expect(resumed).toMatchObject({ code: 1 });
    expect(resumed.stderr).toContain('checkpoint: expected options');
  });
});

/** A sound safetensors file of another program. */
function foreign(): Buffer {
  const header = Buffer.from('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(4)]);
}
