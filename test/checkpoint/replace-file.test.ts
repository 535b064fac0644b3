import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/checkpoint/replace-file.ts';
import { FailingFileSystem } from './failing-file-system.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { temporaryFolder } from './temporary-folder.ts';

const parts = [Buffer.from('new '), Buffer.alloc(0), Buffer.from('content')];

describe('replaceFile', () => {
  it('syncs the content before it takes the name, and the name before it answers', async () => {
    const fs = new MemoryFileSystem();
    await replaceFile(fs, '/runs/a', parts);
    expect(fs.log).toEqual([
      'create a.tmp',
      'write',
      'write',
      'sync',
      'close',
      'rename a.tmp a',
      'syncFolder /runs',
    ]);
  });

  it('tells the first error of a broken disk, not that of closing the file after it', async () => {
    const fs = new MemoryFileSystem();
    const broken = (name: string) => () => Promise.reject(new Error(name));
    const file = { write: broken('write'), sync: broken('sync'), close: broken('close') };
    const failing = Object.assign(Object.create(fs), { create: async () => file, remove: broken('remove') });
    await expect(replaceFile(failing, '/runs/a', parts)).rejects.toThrow('write');
  });

  it('goes on where a short write ended', async () => {
    const path = join(temporaryFolder(), 'a');
    const fs = new FailingFileSystem(1, 'short');
    await replaceFile(fs, path, parts);
    expect(fs.failed).toBe('write');
    expect(readFileSync(path, 'utf8')).toBe('new content');
  });

  it('gives up on a disk that takes nothing and reports no error', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a'), 'old');
    const fs = new FailingFileSystem(-1, 'EIO');
    const create = fs.create.bind(fs);
    fs.create = async (path) => ({ ...(await create(path)), write: async () => 0 });
    await expect(replaceFile(fs, join(folder, 'a'), parts)).rejects.toThrow('the disk took 0 of 4 bytes');
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'leaves the old content and nothing else when operation %i fails',
    async (n) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'a'), 'old');
      const fs = new FailingFileSystem(n, 'EIO');
      await expect(replaceFile(fs, join(folder, 'a'), parts)).rejects.toThrow('EIO: injected');
      expect(readdirSync(folder)).toEqual(['a']);
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
    },
  );
});
