import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError, DataMissingError } from '../../src/data/index.ts';
import { listPictures } from '../../src/data/list-pictures.ts';
import { folderWith } from './temporary.ts';

const names = async (folder: string) =>
  (await listPictures(folder)).files.map(({ file, label, rank }) => [relative(folder, file), label, rank]);

describe('listPictures', () => {
  it('finds PNG, JPEG and WebP files by their names, sorted', async () => {
    const folder = folderWith({ 'b.webp': '', 'a.PNG': '', 'd.jpeg': '', 'c.JPG': '', 'c1.jpg': '' });
    const { files, classes, leftovers } = await listPictures(folder);
    expect(files.map(({ file }) => relative(folder, file))).toEqual([
      'a.PNG',
      'b.webp',
      'c.JPG',
      'c1.jpg',
      'd.jpeg',
    ]);
    expect(classes).toBeUndefined();
    expect(leftovers.lines()).toEqual([]);
  });

  it('numbers the sub-folders with pictures, and tells of all else', async () => {
    const folder = folderWith({
      '.ipynb_checkpoints/1.png': '',
      '__MACOSX/1.png': '',
      '@eaDir/1.png': '',
      '.DS_Store': '',
      'cat/._1.png': '',
      'cat/1.png': '',
      'cat/2.png': '',
      'cat/Thumbs.db': '',
      'cat/old/3.png': '',
      'dog/1.jpg': '',
      'dog/clip.GIF': '',
      'dog/LICENSE': '',
      'notes/readme.txt': '',
      'desktop.ini': '',
    });
    expect(await names(folder)).toEqual([
      ['cat/1.png', 0, 0],
      ['cat/2.png', 0, 1],
      ['dog/1.jpg', 1, 0],
    ]);
    const { classes, leftovers } = await listPictures(folder);
    expect(classes).toEqual(['cat', 'dog']);
    expect(leftovers.lines()).toEqual([
      '.gif files: 1 (dog/clip.GIF)',
      '.txt files: 1 (notes/readme.txt)',
      'files without an extension: 1 (dog/LICENSE)',
      'folders inside a sub-folder: 1 (cat/old)',
      'folders without pictures: 1 (notes)',
      'hidden or system names: 7 (.DS_Store, .ipynb_checkpoints, @eaDir, ...)',
    ]);
  });

  it('follows links to files and folders, and tells of those that lead nowhere or back', async () => {
    const elsewhere = folderWith({ 'cats/1.png': '', 'one.png': '' });
    const folder = folderWith({ 'dog/1.png': '' });
    symlinkSync(join(elsewhere, 'cats'), join(folder, 'cat'));
    symlinkSync(join(elsewhere, 'one.png'), join(folder, 'dog', '2.png'));
    symlinkSync(folder, join(folder, 'self'));
    symlinkSync('/', join(folder, 'root'));
    symlinkSync('nowhere', join(folder, 'dog', '3.png'));
    symlinkSync('round.png', join(folder, 'dog', 'round.png'));
    mkdirSync(join(folder, 'ant'));
    symlinkSync('..', join(folder, 'ant', 'up'));
    expect(await names(folder)).toEqual([
      ['cat/1.png', 0, 0],
      ['dog/1.png', 1, 0],
      ['dog/2.png', 1, 1],
    ]);
    expect((await listPictures(folder)).leftovers.lines()).toEqual([
      'folders without pictures: 1 (ant)',
      'links back to the folder or one above it: 3 (root, self, ant/up)',
      'links that lead nowhere: 2 (dog/3.png, dog/round.png)',
    ]);
  });

  it('does not open a pipe that is named like a picture', async () => {
    const folder = folderWith({ 'a.png': '' });
    execFileSync('mkfifo', [join(folder, 'b.png')]);
    expect(await names(folder)).toEqual([['a.png', 0, 0]]);
    expect((await listPictures(folder)).leftovers.lines()).toEqual(['pipes, sockets and devices: 1 (b.png)']);
  });

  it('says what it found where it found no pictures', async () => {
    const folder = folderWith({ 'train/cat/1.png': '', 'a.bmp': '' });
    await expect(listPictures(folder)).rejects.toBeInstanceOf(DataMissingError);
    await expect(listPictures(folder)).rejects.toThrow(
      `${folder}: found no .png, .jpg, .jpeg or .webp files, there or in its sub-folders; left out: .bmp files: 1 (a.bmp); folders inside a sub-folder: 1 (train/cat); folders without pictures: 1 (train)`,
    );
    await expect(listPictures(folderWith())).rejects.toThrow(/there or in its sub-folders$/);
    await expect(listPictures(join(folder, 'none'))).rejects.toThrow('found no such folder');
    await expect(listPictures(join(folder, 'a.bmp'))).rejects.toThrow(
      'expected a folder that can be read, got ENOTDIR',
    );
  });

  it('refuses pictures at both levels', async () => {
    const both = folderWith({ 'a.png': '', 'dog/1.png': '' });
    await expect(listPictures(both)).rejects.toThrow(
      `${both}: expected pictures in the folder or in its sub-folders, got both (1 beside the folders)`,
    );
    await expect(listPictures(both)).rejects.toBeInstanceOf(DataError);
  });
});
