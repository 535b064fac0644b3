import { existsSync, writeFileSync } from 'node:fs';
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

  it('listens to signals only while a run goes on', async () => {
    const before = process.listenerCount('SIGINT');
    await weir('train', 'wgan', ...small, '--steps', '2', '--out', join(root, 'signals'));
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
