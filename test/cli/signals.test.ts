import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointStore } from '../../src/checkpoint/index.ts';
import { readRunEvents } from '../../src/runs/index.ts';
import { scratchFolder, small, weir, weirProcessIn } from '../support/weir.ts';

const root = scratchFolder();
const report = (run: string) => JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
/** Where the tests themselves run under nohup, the children must not know. */
const train = (run: string, ...args: string[]) =>
  weirProcessIn({ _: '' }, 'train', 'wgan', ...args, '--no-serve', '--out', run);
const eventsOf = (run: string) => readRunEvents(join(run, 'events.jsonl'));

/**
 * What is right of a run after any stop in order: its last step is saved, it is free, and it goes
 * on.
 */
async function expectInOrder(run: string) {
  const { steps } = report(run);
  expect(await new CheckpointStore(join(run, 'checkpoints')).latest()).toMatchObject({
    index: steps,
    skipped: [],
  });
  expect(readdirSync(run).filter((name) => /^lock|\.tmp/.test(name))).toEqual([]);
  const on = ['--steps', String(steps + 2), '--no-serve', '--quiet'];
  expect(await weir('resume', run, ...on)).toMatchObject({ code: 0, stderr: '' });
  expect(report(run)).toMatchObject({ ended: 'finished', startedAt: steps, steps: steps + 2 });
}

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)('%s before the first step ends a run in order', async (signal) => {
    const run = join(root, `before-${signal}`);
    const { child, finished, until } = train(run, ...small, '--steps', '1000000');
    // Written when the directory has just been locked; the steps begin a few turns of the event
    // loop later.
    await until(() => existsSync(join(run, 'config.yaml')));
    child.kill(signal);
    expect(await finished).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^stopped after \d+ steps/),
    });
    expect(report(run)).toMatchObject({ ended: 'stopped', startedAt: 0 });
    await expectInOrder(run);
  });

  it('inside an evaluation lets it end and be recorded, and then stops the run', async () => {
    const run = join(root, 'evaluating');
    // Nearly all of the time goes into evaluations.
    const evaluated = ['--evaluate-every', '1', '--samples', '1000', '--metrics', 'fid,precision'];
    const { child, finished, until } = train(run, ...small, ...evaluated, '--steps', '1000000');
    const log = () =>
      existsSync(join(run, 'events.jsonl')) ? readFileSync(join(run, 'events.jsonl'), 'utf8') : '';
    await until(() => log().includes('"evaluation"'));
    child.kill('SIGINT');
    expect(await finished).toMatchObject({ code: 0 });
    const { steps, ended } = report(run);
    expect(ended).toBe('stopped');
    const told = (await eventsOf(run)).map(({ kind, index }) => [kind, index]);
    expect(told.slice(-5)).toEqual([
      ['evaluation', steps],
      ['checkpoint', steps],
      ['samples', steps],
      ['samples', steps],
      ['ended', steps],
    ]);
    await expectInOrder(run);
  });

  it('inside the final checkpoint changes nothing: the run is finished', async () => {
    const run = join(root, 'final');
    // Some megabytes, so that it takes a while to write.
    const wide = ['--engine', 'cpu', '--batch', '2', '--set', 'width=300', '--set', 'depth=2'];
    const { child, finished, until } = train(run, ...wide, '--steps', '2', '--checkpoint-every', '2');
    const folder = join(run, 'checkpoints');
    await until(() => existsSync(folder) && readdirSync(folder).length > 0);
    child.kill('SIGTERM');
    const { code, signal, stderr } = await finished;
    expect({ code, signal }, stderr).toEqual({ code: 0, signal: null });
    expect(report(run)).toMatchObject({ ended: 'finished', steps: 2 });
    await expectInOrder(run);
  });
});
