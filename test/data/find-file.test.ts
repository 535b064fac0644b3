import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFile } from '../../src/data/find-file.ts';
import { folderWith } from './temporary.ts';

describe('findFile', () => {
  it('finds the first of the names that is there, plain before gzipped', async () => {
    const folder = folderWith({ b: '', 'b.gz': '', 'c.gz': '' });
    expect(await findFile(folder, ['a', 'b', 'c'])).toBe(join(folder, 'b'));
    expect(await findFile(folder, ['a', 'c'])).toBe(join(folder, 'c.gz'));
  });

  it('finds nothing where there is nothing, nor a folder', async () => {
    const folder = folderWith({ b: '' });
    expect(await findFile(folder, ['a'])).toBeUndefined();
    expect(await findFile(join(folder, 'none'), ['a'])).toBeUndefined();
    expect(await findFile(join(folder, 'b'), ['a'])).toBeUndefined();
  });
});
