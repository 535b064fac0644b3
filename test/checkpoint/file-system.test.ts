import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realFileSystem as fs } from 'weir-streams/checkpoint';
import { temporaryFolder } from './temporary-folder.ts';

describe('realFileSystem', () => {
  it('writes, syncs, renames, lists, reads and removes', async () => {
    const folder = join(temporaryFolder(), 'deep', 'er');
    await fs.makeFolder(folder);
    await fs.makeFolder(folder);
    const file = await fs.create(join(folder, 'a'));
    expect(await file.write(Uint8Array.of(1, 2))).toBe(2);
    expect(await file.write(Uint8Array.of(3))).toBe(1);
    await file.sync();
    await file.close();
    await fs.rename(join(folder, 'a'), join(folder, 'b'));
    await fs.syncFolder(folder);
    expect(await fs.names(folder)).toEqual(['b']);
    expect([...(await fs.read(join(folder, 'b')))]).toEqual([1, 2, 3]);
    await fs.remove(join(folder, 'b'));
    expect(existsSync(join(folder, 'b'))).toBe(false);
  });

  it('empties a file that it creates again', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, 'old and long');
    await (await fs.create(path)).close();
    expect((await fs.read(path)).length).toBe(0);
  });

  it.each([
    ['names', () => fs.names('/nowhere/at/all')],
    ['read', () => fs.read('/nowhere/at/all')],
    ['create', () => fs.create('/nowhere/at/all')],
    ['remove', () => fs.remove('/nowhere/at/all')],
    ['syncFolder', () => fs.syncFolder('/nowhere/at/all')],
  ])('rejects with the code of the system when %s fails', async (_, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
