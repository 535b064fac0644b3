import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandHome } from '../../src/data/expand-home.ts';
import { findFile } from '../../src/data/find-file.ts';
import { absoluteSpec, dataFolder } from '../../src/data/index.ts';
import { Leftovers } from '../../src/data/leftovers.ts';
import { folderWith } from './temporary.ts';

describe('dataFolder', () => {
  it('is what WEIR_DATA says, else in the cache of the user', () => {
    expect(dataFolder({ WEIR_DATA: 'some/where' })).toBe('some/where');
    expect(dataFolder({})).toBe(join(homedir(), '.cache', 'weir'));
    expect(dataFolder({ WEIR_DATA: '' })).toBe(join(homedir(), '.cache', 'weir'));
  });
});

it('makes the paths of a dataset absolute and leaves names as they are', () => {
  const here = resolve('.');
  expect(absoluteSpec('shapes:16')).toBe('shapes:16');
  expect(absoluteSpec('cifar10')).toBe('cifar10');
  expect(absoluteSpec('edges:folder:a,32')).toBe(`edges:folder:${resolve('a,32')}`);
  expect(absoluteSpec('idx:data/mnist')).toBe(`idx:${here}/data/mnist`);
  expect(absoluteSpec('folder:./photos,64x32')).toBe(`folder:${here}/photos,64x32`);
  expect(absoluteSpec('pairs:photos')).toBe(`pairs:${here}/photos`);
  expect(absoluteSpec('unpaired:shapes:16+folder:photos,16')).toBe(
    `unpaired:shapes:16+folder:${here}/photos,16`,
  );
  expect(absoluteSpec('folder:~/photos')).toBe(`folder:${homedir()}/photos`);
  expect(absoluteSpec('raw:a.bin,8x8x3')).toBe(`raw:${here}/a.bin,8x8x3`);
  expect(absoluteSpec('raw:a.bin,8x8x3,l.bin')).toBe(`raw:${here}/a.bin,8x8x3,${here}/l.bin`);
  expect(absoluteSpec('raw:/a.bin,8x8x3')).toBe('raw:/a.bin,8x8x3');
});

describe('expandHome', () => {
  it('puts the home directory where a path begins with a tilde', () => {
    expect(expandHome('~')).toBe(homedir());
    expect(expandHome('~/a/b')).toBe(join(homedir(), 'a', 'b'));
  });

  it.each(['/a', 'a/~/b', '~user/a', './~', ''])('leaves %o alone', (path) => {
    expect(expandHome(path)).toBe(path);
  });
});

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

describe('Leftovers', () => {
  it('counts by kind and shows the first three names', () => {
    const leftovers = new Leftovers('/x');
    expect(leftovers.lines()).toEqual([]);
    for (const name of ['a', 'b', 'c']) leftovers.add('empty', `/x/${name}`);
    leftovers.add('.gif files', '/x/y/z.gif');
    expect(leftovers.lines()).toEqual(['.gif files: 1 (y/z.gif)', 'empty: 3 (a, b, c)']);
    leftovers.add('empty', '/x/d');
    expect(leftovers.lines()[1]).toBe('empty: 4 (a, b, c, ...)');
  });
});
