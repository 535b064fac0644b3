import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stopOnSignals } from '../../src/cli/signals.ts';
import { Run } from '../../src/streams/index.ts';
import { scratchFolder, small, type WeirProcess, weir, weirProcess } from '../support/weir.ts';

const root = scratchFolder();
const endless = ['--steps', '1000000', '--checkpoint-every', '50', '--log-every', '1000'];
const newest = (run: string) =>
  readdirSync(join(run, 'checkpoints'))
    .filter((name) => name.endsWith('.safetensors'))
    .sort()
    .at(-1);

/** Waits until a run has written a checkpoint. */
async function underWay(run: string, { child }: WeirProcess): Promise<void> {
  while (child.exitCode === null) {
    try {
      if (newest(run) !== undefined) return;
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the run ended before its first checkpoint');
}

describe('stopOnSignals', () => {
  it('listens until told to forget', () => {
    const before = process.listenerCount('SIGTERM');
    const forget = stopOnSignals(new Run(), () => {});
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    forget();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends a run in order, with a checkpoint', async (signal) => {
    const run = join(root, signal);
    const started = weirProcess('train', 'wgan-gp', ...small, ...endless, '--out', run);
    await underWay(run, started);
    started.child.kill(signal);
    const { code, stdout, stderr } = await started.finished;
    expect(code).toBe(0);
    expect(stderr).toContain(`weir: ${signal}, stopping after this step`);
    expect(stdout).toMatch(/^stopped after \d+ steps/);
    expect(stdout).toContain(`go on with: weir resume ${run}`);
    const { steps, ended } = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
    expect(ended).toBe('stopped');
    expect(newest(run)).toBe(`checkpoint-${String(steps).padStart(10, '0')}.safetensors`);
    expect(await weir('resume', run, '--steps', String(steps + 3))).toMatchObject({ code: 0 });
  });

  it('a second signal ends the process at once and leaves the last checkpoint intact', async () => {
    const run = join(root, 'twice');
    const started = weirProcess('train', 'wgan-gp', ...small, ...endless, '--out', run);
    await underWay(run, started);
    const { child, finished } = started;
    child.kill('SIGSTOP');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    child.kill('SIGCONT');
    const { code } = await finished;
    expect([130, 143]).toContain(code);
    const steps = Number(/\d+/.exec(newest(run)!)![0]);
    expect(await weir('resume', run, '--steps', String(steps + 3))).toMatchObject({ code: 0 });
  });
});
