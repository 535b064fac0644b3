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
import { parse as parseYaml } from 'yaml';
import { scratchFolder, small, weir, weirProcess } from '../../support/weir.ts';

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
  cpSync(half, to, { recursive: true, force: false, errorOnExist: true });
  return to;
}

beforeAll(async () => {
  await weir('train', 'wgan-gp', ...small, ...every, '--steps', '40', '--out', whole);
  await weir('train', 'wgan-gp', ...small, ...every, '--steps', '20', '--out', half);
});

describe('weir resume', () => {
  it('draws the picture again that a kill has left half done, and clears away what it left', async () => {
    const run = copy('picture');
    const picture = join(run, 'samples', 'step-00000020.png');
    const whole = readFileSync(picture);
    rmSync(picture);
    writeFileSync(`${picture}.77.tmp`, '');
    writeFileSync(join(run, 'report.json.77.tmp'), '{');
    expect(await weir('resume', run, '--steps', '30')).toMatchObject({ code: 0 });
    expect(readFileSync(picture).equals(whole)).toBe(true);
    expect([...readdirSync(run), ...readdirSync(join(run, 'samples'))].join(' ')).not.toContain('.tmp');
  });

  it('does what the run was begun with when an alert comes, unless it is told otherwise', async () => {
    const run = join(root, 'policies');
    const policies = () => parseYaml(readFileSync(join(run, 'config.yaml'), 'utf8')).onAlert;
    await weir(
      'train',
      'wgan',
      ...small,
      '--steps',
      '10',
      '--on-alert',
      'NonFiniteValues=rollback',
      '--out',
      run,
    );
    expect(policies()).toEqual({ NonFiniteValues: 'rollback' });
    await weir('resume', run, '--steps', '20');
    expect(policies()).toEqual({ NonFiniteValues: 'rollback' });
    await weir(
      'resume',
      run,
      '--steps',
      '30',
      '--on-alert',
      'NonFiniteValues=warn',
      '--on-alert',
      'ModeCollapse=stop',
    );
    expect(policies()).toEqual({ NonFiniteValues: 'warn', ModeCollapse: 'stop' });
  });

  it('refuses a checkpoint of another format by name, and leaves it there', async () => {
    const run = copy('newer');
    const newest = join(run, 'checkpoints', checkpoints(run).at(-1)!);
    const newer = readFileSync(newest, 'latin1').replace('"format":"weir/1"', '"format":"weir/2"');
    writeFileSync(newest, newer, 'latin1');
    const { code, stderr } = await weir('resume', run, '--steps', '40');
    expect(stderr).toContain(`${newest}: expected a checkpoint of format weir/1, got "weir/2"`);
    expect(code).toBe(1);
    expect(readFileSync(newest, 'latin1')).toBe(newer);
    expect(readdirSync(run)).not.toContain('lock');
  });

  it('goes on to the very bytes of a run that never stopped', async () => {
    const run = copy('resumed');
    expect(await weir('resume', run, '--steps', '40')).toMatchObject({ code: 0 });
    expect(hash(run)).toEqual(hash(whole));
    expect(log(run)).toBe(log(whole));
    expect(JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'))).toMatchObject({
      startedAt: 20,
      steps: 40,
    });
    expect(parseYaml(readFileSync(join(run, 'config.yaml'), 'utf8')).steps).toBe(40);
  });

  it('makes up for the ending of a run that was killed after its last step', async () => {
    const run = copy('unended');
    for (const name of ['report.json', 'samples/final.png']) rmSync(join(run, name));
    expect(await weir('resume', run)).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'))).toMatchObject({
      ended: 'finished',
      steps: 20,
      startedAt: 20,
    });
    expect(existsSync(join(run, 'samples/final.png'))).toBe(true);
    expect(hash(run)).toEqual(hash(half));
    expect(log(run)).toBe(log(half));
    expect(await weir('resume', run)).toMatchObject({ code: 1 });
    expect(await weir('resume', run, '--steps', '10')).toMatchObject({ code: 1 });
    expect(existsSync(join(run, 'report.json'))).toBe(true);
  });

  it('leaves no report of an earlier execution where it is killed', async () => {
    const run = copy('killed');
    const args = ['--steps', '10000000', '--no-serve'];
    const { child, finished, until } = weirProcess('resume', run, ...args);
    await until(() => checkpoints(run).length > 2);
    child.kill('SIGKILL');
    expect((await finished).signal).toBe('SIGKILL');
    expect(existsSync(join(run, 'report.json'))).toBe(false);
  });

  it('goes back to the last good checkpoint when the newest is torn, and says so', async () => {
    const run = copy('torn');
    const newest = join(run, 'checkpoints', checkpoints(run).at(-1)!);
    writeFileSync(newest, readFileSync(newest).subarray(0, 1000));
    const resumed = await weir('resume', run, '--steps', '40');
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stderr).toMatch(/checkpoint-0000000020.safetensors.*; going back to step 10/);
    expect(hash(run)).toEqual(hash(whole));
    expect(log(run)).toBe(log(whole));
  });

  it('adds up the seconds of all its executions, and says where it goes on', async () => {
    const run = copy('seconds');
    const events = join(run, 'events.jsonl');
    // As if the way to step 10 had taken 1,000 seconds, and the way to step 20 the double.
    const slow = readFileSync(events, 'utf8')
      .split('\n')
      .map((line) => line.replace(/"index":(\d+)(.*)"elapsed":[^,}]+/, '"index":$1$2"elapsed":$100'));
    writeFileSync(events, slow.join('\n'));
    const reportOf = () => JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
    const { stdout, stderr } = await weir('resume', run, '--steps', '30');
    expect(stderr).toContain('weir: goes on from step 20 of 30\n');
    expect(stdout).toMatch(/^finished after 30 steps \(10 in .*, [\d.]+ a second; 33 min.* in all\)\n/);
    const { seconds, totalSeconds, stepsPerSecond } = reportOf();
    expect(totalSeconds - seconds).toBeCloseTo(2000, 6);
    expect(stepsPerSecond).toBeCloseTo(10 / seconds, 6);
    const [compared] = JSON.parse((await weir('compare', run, '--format', 'json')).stdout);
    expect(compared.seconds).toBeCloseTo(totalSeconds, 6);
    rmSync(join(run, 'checkpoints', 'checkpoint-0000000030.safetensors'));
    rmSync(join(run, 'checkpoints', 'checkpoint-0000000020.safetensors'));
    expect((await weir('resume', run, '--steps', '20', '--quiet')).stderr).toBe('');
    expect(reportOf().totalSeconds - reportOf().seconds).toBeCloseTo(1000, 6);
  });

  it('knows the seconds of a run that was killed', async () => {
    const run = join(root, 'seconds-killed');
    const { child, finished, until } = weirProcess(
      'train',
      'wgan-gp',
      ...small,
      '--checkpoint-every',
      '20',
      '--steps',
      '1000000',
      '--no-serve',
      '--out',
      run,
    );
    const checkpoints = () =>
      existsSync(join(run, 'events.jsonl'))
        ? parsed(readFileSync(join(run, 'events.jsonl'), 'utf8')).filter(({ kind }) => kind === 'checkpoint')
        : [];
    await until(() => checkpoints().length >= 3);
    child.kill('SIGKILL');
    await finished;
    const { index = 0, elapsed = 0 } = checkpoints().at(-1)!;
    const { stderr } = await weirProcess('resume', run, '--steps', `${index + 40}`, '--no-serve').finished;
    // A checkpoint may have been written after its last event.
    const from = Number(/goes on from step (\d+)/.exec(stderr)?.[1]);
    expect([index, index + 20]).toContain(from);
    const { startedAt, seconds, totalSeconds } = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
    expect(startedAt).toBe(from);
    expect(totalSeconds).toBeCloseTo(elapsed + seconds, 6);
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
    expect(parseYaml(readFileSync(join(run, 'config.yaml'), 'utf8')).engine).toBe('wasm');
  });

  it.each([
    [
      'a run that has done its steps',
      () => [half],
      '--steps: expected more than the 20 steps that the run has done, got 20',
    ],
    ['a directory that is no run', () => [root], 'which has no config.yaml'],
    ['a directory that does not exist', () => [join(root, 'nowhere')], 'which has no config.yaml'],
    ['steps that are no number', () => [half, '--steps', 'x'], '--steps: expected a number, got "x"'],
    ['other data', () => [half, '--steps', '40', '--data', 'ring8'], 'expected a checkpoint of data '],
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
    const path = join(run, 'config.yaml');
    const config = parseYaml(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...config, options: { ...config.options, penalty: 5 } }));
    const resumed = await weir('resume', run, '--steps', '40');
    expect(resumed).toMatchObject({ code: 1 });
    expect(resumed.stderr).toContain('expected a checkpoint of options');
  });
});

/** The whole lines of a file that may be written to. */
function parsed(text: string): Record<string, number & string>[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** A sound safetensors file of another program. */
function foreign(): Buffer {
  const header = Buffer.from('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(4)]);
}
