import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEvaluations } from '../../../src/runs/index.ts';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const run = join(root, 'run');

beforeAll(async () => {
  await weir(
    'train',
    'wgan-gp',
    ...small,
    '--steps',
    '12',
    '--out',
    run,
    '--no-serve',
    '--evaluate-every',
    '5',
    '--samples',
    '50',
    '--keep-best',
    'fid',
  );
});

describe('weir evaluate', () => {
  it('prints scores beside those of real examples, with the hash of the features', async () => {
    const { code, stdout, stderr } = await weir('evaluate', run, '--metrics', 'fid,modes');
    expect(code).toBe(0);
    expect(stdout).toContain('wgan-gp after 12 steps: 50 samples against 50 examples of grid25');
    expect(stdout).toContain('hash identity');
    expect(stdout).toMatch(/^fid {2,}[\d.]+ +[\d.]+ +lower/m);
    expect(stdout).not.toContain('recall');
    expect(stderr).toContain('2 of 2 scores');
  });

  it('scores as many samples as the run was scored with while it trained, and others where asked', async () => {
    const noticed = await readEvaluations(join(run, 'events.jsonl'));
    const best = ['--checkpoint', join(run, 'checkpoints', 'best.safetensors')];
    const scored = async (...args: string[]) =>
      JSON.parse((await weir('evaluate', run, '--json', '--quiet', ...best, ...args)).stdout);
    const { index, scores } = await scored();
    expect(noticed.map(({ index }) => index)).toEqual([5, 10]);
    expect(noticed.find((evaluation) => evaluation.index === index)?.values).toMatchObject(scores);
    expect((await scored('--samples', '51')).scores.fid).not.toBe(scores.fid);
    expect((await scored('--samples', '50')).scores).toEqual(scores);
  });

  it('prints JSON, and scores the best checkpoint where it is named', async () => {
    const best = join(run, 'checkpoints', 'best.safetensors');
    const { code, stdout, stderr } = await weir('evaluate', run, '--json', '--quiet', '--checkpoint', best);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { index, scores, floor, samples, features } = JSON.parse(stdout);
    expect([5, 10]).toContain(index);
    expect({ samples, features }).toMatchObject({ samples: 50, features: { hash: 'identity' } });
    expect(floor.fid).toBeLessThan(scores.fid);
    expect(readdirSync(join(run, 'checkpoints'))).toContain('best.safetensors');
  });

  it.each([
    [['--metrics', 'inceptionScore'], '--metrics: expected some of fid, kid, precision'],
    [['--metrics', 'beauty'], '--metrics: expected one of fid, kid'],
    [['--memorisation'], '--memorisation: expected data with a test part, got grid25'],
    [['--transfer'], '--transfer: expected the run of a class-conditional GAN, got one of wgan-gp'],
    [['--checkpoint', 'none'], '--checkpoint: expected a file that can be read, got none'],
    [['--samples', '3'], '--samples: expected a whole number from 10'],
    [
      ['--features', 'none'],
      '--features: expected a file of weir features train, got none, which is not there',
    ],
  ])('refuses %j', async (args, message) => {
    const refused = await weir('evaluate', run, ...args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(message);
  });

  it('refuses to train with scores that cannot be had, before a directory is made', async () => {
    const out = join(root, 'never');
    const refused = await weir(
      'train',
      'wgan-gp',
      ...small,
      '--out',
      out,
      '--no-serve',
      '--evaluate-every',
      '5',
      '--metrics',
      'msSsim',
    );
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('--metrics: expected some of fid');
    expect(readdirSync(root)).not.toContain('never');
  });
});
