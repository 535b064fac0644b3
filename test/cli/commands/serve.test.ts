import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder, weir, weirProcess } from '../../support/weir.ts';

const folder = scratchFolder();
madeUpRun(join(folder, 'runs', 'a'), { done: 10, ended: 'finished' });

describe('weir serve', () => {
  it('shows the runs of a folder until it is interrupted', async () => {
    const { child, finished, said } = weirProcess('serve', join(folder, 'runs'), '--port', '0');
    const [, url = ''] = await said(/^(http\S+)\n/);
    const runs: unknown = await (await fetch(`${url}api/runs`)).json();
    expect(runs).toMatchObject({ runs: [{ id: 'a', state: 'finished' }] });
    child.kill('SIGINT');
    expect(await finished).toMatchObject({ code: 0, stdout: `${url}\n` });
  });

  it('wants a folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const path of ['none', 'file'].map((name) => join(folder, name))) {
      const { code, stderr } = await weir('serve', path);
      expect(code).toBe(1);
      expect(stderr).toContain('<dir>: expected a run directory or a folder of them, got');
    }
  });
});
