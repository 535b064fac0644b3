import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLeftOver, syncFolder, writeWhole } from '../../src/base/index.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

describe('writeWhole', () => {
  it('writes text and bytes, over what was there, and leaves nothing else', () => {
    const folder = join(root, 'made');
    writeWhole(join(folder, 'a'), 'text');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('text');
    writeWhole(join(folder, 'a'), Buffer.from([1, 2]));
    expect([...readFileSync(join(folder, 'a'))]).toEqual([1, 2]);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('makes no folder above that of the file', () => {
    expect(() => writeWhole(join(root, 'gone', 'samples', 'a'), '')).toThrow('ENOENT');
    expect(readdirSync(root)).not.toContain('gone');
  });

  it('leaves what was there where it cannot write', () => {
    const folder = join(root, 'full');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a'), 'old');
    // A disk that is full whatever is written to it.
    symlinkSync('/dev/full', join(folder, `a.${process.pid}.tmp`));
    expect(() => writeWhole(join(folder, 'a'), 'new')).toThrow('ENOSPC');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });
});

describe('syncFolder', () => {
  it.skipIf(process.platform !== 'linux')('bears a file system that syncs no folders', () => {
    expect(() => syncFolder('/proc')).not.toThrow();
  });

  it.skipIf(process.platform === 'win32')('says that a folder is not there', () => {
    expect(() => syncFolder(join(root, 'nowhere'))).toThrow('ENOENT');
  });
});

describe('isLeftOver', () => {
  it('knows the names of files that were never finished', () => {
    expect(['final.png.12.tmp', 'final.png', '12.tmp', 'a.tmp'].filter(isLeftOver)).toEqual([
      'final.png.12.tmp',
    ]);
  });
});
