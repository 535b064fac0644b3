import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

  it('listens to signals only while a run goes on', async () => {
    const before = process.listenerCount('SIGINT');
    await weir('train', 'wgan', ...small, '--steps', '2', '--out', join(root, 'signals'));
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
