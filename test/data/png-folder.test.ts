import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError, DataMissingError, pngFolder } from '../../src/data/index.ts';
import { pngFile } from './png-file.ts';
import { folderWith } from './temporary.ts';

/** A grey picture of one level. */
const grey = (level: number, width = 2, height = 2) =>
  pngFile({ width, height, type: 0 }, new Array(width * height).fill(level));
const red = pngFile({ width: 2, height: 2, type: 2 }, new Array(4).fill([255, 0, 0]).flat());

/** The first byte of each image. */
async function levels(opening: ReturnType<typeof pngFolder>): Promise<number[]> {
  const dataset = await opening;
  const { data } = dataset.read(Array.from({ length: dataset.size }, (_, i) => i)).examples;
  return Array.from({ length: dataset.size }, (_, i) =>
    Math.round((data[(i * data.length) / dataset.size]! + 1) * 127.5),
  );
}

describe('pngFolder', () => {
  it('reads the files of a folder sorted by name, and leaves other files alone', async () => {
    const folder = folderWith({
      'b.png': grey(2),
      'a.PNG': grey(1),
      'c10.png': grey(4),
      'c1.png': grey(3),
      'x.txt': 'x',
    });
    expect(await levels(pngFolder(folder))).toEqual([1, 2, 3, 4]);
    const dataset = await pngFolder(folder);
    expect(dataset).toMatchObject({ kind: 'images', shape: [2, 2, 1] });
    expect(dataset).not.toHaveProperty('classes');
  });

  it('takes sub-folders as classes, in turn', async () => {
    const folder = folderWith({
      'dog/1.png': grey(20),
      'cat/1.png': grey(10),
      'cat/2.png': grey(11),
      'cat/3.png': grey(12),
      'empty/readme.txt': 'nothing',
    });
    const dataset = await pngFolder(folder);
    expect(dataset.classes).toEqual(['cat', 'dog']);
    expect([...dataset.read([0, 1, 2, 3]).labels!.data]).toEqual([0, 1, 0, 0]);
    expect(await levels(pngFolder(folder))).toEqual([10, 20, 11, 12]);
    expect(await levels(pngFolder(folder, { limit: 3 }))).toEqual([10, 20, 11]);
  });

  it('has three channels as soon as one picture has colour', async () => {
    const dataset = await pngFolder(folderWith({ 'a.png': grey(51), 'b.png': red }));
    expect(dataset.shape).toEqual([2, 2, 3]);
    const { data } = dataset.read([0, 1]).examples;
    expect([...data.subarray(0, 6)]).toEqual(new Array(6).fill(Math.fround(51 / 127.5 - 1)));
    expect([...data.subarray(12, 15)]).toEqual([1, -1, -1]);
  });

  it('refuses pictures of different sizes, and scales them when given a size', async () => {
    const folder = folderWith({ 'a.png': grey(1), 'b.png': grey(2, 4, 6) });
    await expect(pngFolder(folder)).rejects.toThrow(
      `${join(folder, 'b.png')}: at byte 16: expected 2 x 2 pixels as in ${join(folder, 'a.png')}, got 4 x 6; a size scales them all`,
    );
    const dataset = await pngFolder(folder, { size: 3 });
    expect(dataset.shape).toEqual([3, 3, 1]);
    expect(await levels(pngFolder(folder, { size: 3 }))).toEqual([1, 2]);
  });

  it('refuses more than memory is meant for, before it takes it', async () => {
    const folder = folderWith({ 'a.png': grey(1) });
    await expect(pngFolder(folder, { size: 30_000 })).rejects.toThrow(
      'expected at most 2147483647 bytes for all pictures, and 0 of 30000 x 30000 x 3 fill them; a limit takes fewer',
    );
  });

  it('names the file that is broken', async () => {
    const folder = folderWith({ 'a.png': grey(1), 'b.png': 'not a picture' });
    await expect(pngFolder(folder)).rejects.toThrow(
      `${join(folder, 'b.png')}: at byte 0: expected a PNG file`,
    );
    await expect(pngFolder(folder)).rejects.toBeInstanceOf(DataError);
  });

  it('refuses a folder without pictures, one that is not there, and pictures at both levels', async () => {
    const empty = folderWith({ 'a.txt': '' });
    await expect(pngFolder(empty)).rejects.toThrow(
      `${empty}: found no .png files, there or in its sub-folders`,
    );
    await expect(pngFolder(join(empty, 'none'))).rejects.toBeInstanceOf(DataMissingError);
    await expect(pngFolder(join(empty, 'a.txt'))).rejects.toThrow(
      'expected a folder that can be read, got ENOTDIR',
    );
    const both = folderWith({ 'a.png': grey(1), 'dog/1.png': grey(1) });
    await expect(pngFolder(both)).rejects.toThrow('in the folder or in its sub-folders, got both');
  });

  it.each([0, 1.5])('refuses a size and a limit of %s', async (value) => {
    await expect(pngFolder('x', { size: value })).rejects.toThrow(
      `size: expected a whole number from 1, got ${value}`,
    );
    await expect(pngFolder('x', { limit: value })).rejects.toThrow(
      `limit: expected a whole number from 1, got ${value}`,
    );
  });
});
