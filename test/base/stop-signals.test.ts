import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { onStopSignals, startedByNohup, stopOnSignals } from '../../src/base/stop-signals.ts';
import { Run } from '../../src/streams/index.ts';
import { has } from '../support/programs.ts';
import { checkpointNames } from '../support/run-files.ts';
import { scratchFolder, small, type WeirProcess, weir, weirProcess, weirProcessIn } from '../support/weir.ts';

const root = scratchFolder();
/** Where the tests themselves run under nohup, the children must not know. */
const noNohup = { _: '' };
const endless = ['--steps', '1000000', '--checkpoint-every', '50', '--log-every', '1000'];
const newest = (run: string) => checkpointNames(run).at(-1);

/** Waits until a run has written a checkpoint. */
const underWay = (run: string, { until }: WeirProcess) => until(() => newest(run) !== undefined);

describe('stopOnSignals', () => {
  it('listens until told to forget', () => {
    const before = process.listenerCount('SIGTERM');
    const forget = stopOnSignals(new Run(), () => {});
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    forget();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends a run in order, with a checkpoint',
    async (signal) => {
      const run = join(root, signal);
      const started = weirProcessIn(noNohup, 'train', 'wgan-gp', ...small, ...endless, '--out', run);
      await underWay(run, started);
      started.child.kill(signal);
      const { code, stdout, stderr } = await started.finished;
      expect(code).toBe(0);
      expect(stderr).toContain(`weir: ${signal}, stopping after this step`);
      expect(stdout).toMatch(/^stopped after \d+ steps/);
      expect(stdout).toContain(`go on with: weir resume ${run}`);
      const { steps, ended } = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
      expect(ended).toBe('stopped');
      expect(existsSync(join(run, 'lock'))).toBe(false);
      expect(newest(run)).toBe(`checkpoint-${String(steps).padStart(10, '0')}.safetensors`);
      expect(await weir('resume', run, '--steps', String(steps + 3))).toMatchObject({ code: 0 });
    },
  );

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
    expect(existsSync(join(run, 'lock'))).toBe(false);
    const steps = Number(/\d+/.exec(newest(run)!)![0]);
    expect(await weir('resume', run, '--steps', String(steps + 3))).toMatchObject({ code: 0 });
  });

  it('takes the second hangup of a closing terminal for the first', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const asked: string[] = [];
    const forget = onStopSignals((signal) => asked.push(signal), noNohup);
    for (let i = 0; i < 3; i++) process.emit('SIGHUP');
    expect(exit).not.toHaveBeenCalled();
    process.emit('SIGTERM');
    forget();
    expect(exit.mock.calls).toEqual([[143]]);
    exit.mockRestore();
    expect(asked).toEqual(['SIGHUP']);
  });

  it('lets a run go on whose terminal hangs up, where nohup has started it', async () => {
    const run = join(root, 'nohup');
    const started = weirProcessIn(
      { _: '/usr/bin/nohup' },
      'train',
      'wgan-gp',
      ...small,
      ...endless,
      '--out',
      run,
    );
    await underWay(run, started);
    started.child.kill('SIGHUP');
    const before = newest(run);
    await started.until(() => newest(run) !== before);
    started.child.kill('SIGTERM');
    expect(await started.finished).toMatchObject({ code: 0 });
  });

  it('knows nohup by the path in the environment and nothing else here', () => {
    expect(startedByNohup({ _: '/usr/bin/nohup' })).toBe(true);
    expect(startedByNohup({ _: 'nohup' })).toBe(true);
    for (const env of [{}, { _: '/usr/bin/node' }, { _: '/usr/bin/nohup-x' }])
      expect(startedByNohup(env), JSON.stringify(env)).toBe(startedByNohup({}));
  });

  it.skipIf(!has('sh', '-c', 'test -e /proc/self/fdinfo/0'))(
    'knows nohup by the stdin that it leaves',
    async () => {
      const source = JSON.stringify(join(import.meta.dirname, '../../src/base/stop-signals.ts'));
      const script = `import(${source}).then(({ startedByNohup }) => console.log(startedByNohup({})))`;
      const answer = (redirected: string) =>
        execFileSync('sh', ['-c', `exec "$0" --import tsx -e '${script}' ${redirected}`, process.execPath], {
          encoding: 'utf8',
        });
      expect(answer('0>/dev/null')).toBe('true\n');
      expect(answer('</dev/null')).toBe('false\n');
    },
  );
});
