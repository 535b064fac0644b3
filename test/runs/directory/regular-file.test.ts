import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeSoon, openRegular, readRegular } from '../../../src/runs/directory/regular-file.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
writeFileSync(join(folder, 'file'), 'text');
symlinkSync(join(folder, 'file'), join(folder, 'link'));
symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
mkdirSync(join(folder, 'folder'));
spawnSync('mkfifo', [join(folder, 'pipe')]);

describe('openRegular', () => {
  it('opens a file', async () => {
    const file = (await openRegular(join(folder, 'file')))!;
    expect((await file.stat()).size).toBe(4);
    closeSoon(file);
  });

  it.each(['link', 'loop', 'folder', 'pipe', 'none', 'file/none'])(
    'answers for %s that there is none',
    async (name) => {
      expect(await openRegular(join(folder, name))).toBeUndefined();
    },
  );

  it('is not caught by a pipe that takes the place of a file while it is looked at', async () => {
    let looked = false;
    const file = await openRegular(join(folder, 'swapped'), async (ask) => {
      // The first question is what is there: a file, as it seems.
      if (looked) return ask();
      looked = true;
      spawnSync('mkfifo', [join(folder, 'swapped')]);
      return { isFile: () => true } as never;
    });
    expect(file).toBeUndefined();
  });
});

describe('readRegular', () => {
  it('reads a file up to a limit', async () => {
    expect(String(await readRegular(join(folder, 'file'), { limit: 4 }))).toBe('text');
    expect(await readRegular(join(folder, 'file'), { limit: 3 })).toBeUndefined();
    expect(await readRegular(join(folder, 'pipe'), { limit: 3 })).toBeUndefined();
  });
});
