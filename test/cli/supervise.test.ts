import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/program.ts';
import { Evaluator } from '../../src/evaluation/index.ts';
import { RunEventLog, readRunEvents } from '../../src/runs/index.ts';
import { lockText } from '../support/made-up-run.ts';
import { scratchFolder, small, weir } from '../support/weir.ts';

const root = scratchFolder();

describe('supervise', () => {
  it('leaves a directory alone that another process has, and unlocks its own', async () => {
    const run = join(root, 'run');
    await weir('train', 'wgan', ...small, '--steps', '2', '--out', run);
    expect(existsSync(join(run, 'lock'))).toBe(false);
    writeFileSync(join(run, 'lock'), lockText(process.pid));
    const second = await weir('resume', run, '--steps', '4');
    expect(second).toMatchObject({ code: 1 });
    expect(second.stderr).toContain(`which process ${process.pid} on `);
    expect(existsSync(join(run, 'lock'))).toBe(true);
  });

  it.each([
    ['sample', []],
    ['evaluate', ['--samples', '20', '--quiet']],
    ['compare', []],
  ])('lets weir %s read a run that another process trains', async (command, args) => {
    const run = join(root, `read-${command}`);
    await weir('train', 'wgan', ...small, '--steps', '2', '--out', run);
    const lock = lockText(process.pid);
    writeFileSync(join(run, 'lock'), lock);
    expect(await weir(command, run, ...args)).toMatchObject({ code: 0 });
    expect(readFileSync(join(run, 'lock'), 'utf8')).toBe(lock);
    rmSync(join(run, 'lock'));
    expect(await weir(command, run, ...args)).toMatchObject({ code: 0 });
    expect(readdirSync(run).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('ends once its report has been taken', async () => {
    let settled = false;
    const stdout = {
      isTTY: false,
      write: () => true,
      async settled() {
        await new Promise(setImmediate);
        settled = true;
      },
    };
    const args = ['train', 'wgan', ...small, '--steps', '1', '--no-serve', '--out', join(root, 'report')];
    expect(await main(args, { stdout, stderr: { isTTY: false, write: () => true }, env: {} })).toBe(0);
    expect(settled).toBe(true);
  });

  it('closes the evaluator at the end, and where the start is refused after it was opened', async () => {
    using close = vi.spyOn(Evaluator.prototype, 'close');
    const scored = [
      '--evaluate-every',
      '2',
      '--samples',
      '20',
      '--metrics',
      'fid',
      '--steps',
      '2',
      '--quiet',
    ];
    const start = (name: string, ...more: string[]) =>
      weir('train', 'wgan', ...small, ...scored, ...more, '--out', join(root, name));
    expect(await start('scored', '--no-serve')).toMatchObject({ code: 0 });
    expect(close).toHaveBeenCalledOnce();
    close.mockClear();
    expect(await start('refused', '--host', '192.0.2.1')).toMatchObject({ code: 1 });
    expect(close).toHaveBeenCalledOnce();
  });

  it('keeps the loss of an output after the end among the events, and closes their file', async () => {
    using close = vi.spyOn(RunEventLog.prototype, 'close');
    const run = join(root, 'lost');
    let lost = (_code: string) => {};
    const stdout = {
      write: () => lost('EPIPE'),
      onLost(listener: typeof lost) {
        lost = listener;
        return () => {};
      },
    };
    const args = ['train', 'wgan', ...small, '--steps', '2', '--no-serve', '--out', run];
    expect(await main(args, { stdout, stderr: { write: () => true }, env: {} })).toBe(0);
    const events = (await readRunEvents(join(run, 'events.jsonl'))).map(({ kind }) => kind);
    expect(events.slice(-2)).toEqual(['ended', 'output-lost']);
    // That of the run, and that of what came after it.
    expect(close).toHaveBeenCalledTimes(2);
  });

  it('listens to signals only while a run goes on', async () => {
    const before = process.listenerCount('SIGINT');
    await weir('train', 'wgan', ...small, '--steps', '2', '--out', join(root, 'signals'));
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
