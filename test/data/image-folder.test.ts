import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DataError, DataMissingError, imageFolder } from '../../src/data/index.ts';
import { jpegFile, plain, webpFile } from './picture-files.ts';
import { mended, pngFile } from './png-file.ts';
import { folderWith } from './temporary.ts';

/** A grey picture of one level. */
const grey = (level: number, width = 2, height = 2) =>
  pngFile({ width, height, type: 0 }, new Array(width * height).fill(level));
const red = pngFile({ width: 2, height: 2, type: 2 }, new Array(4).fill([255, 0, 0]).flat());

/** The first byte of each image. */
async function levels(opening: ReturnType<typeof imageFolder>): Promise<number[]> {
  const dataset = await opening;
  const { data } = dataset.read(Array.from({ length: dataset.size }, (_, i) => i)).examples;
  return Array.from({ length: dataset.size }, (_, i) =>
    Math.round((data[(i * data.length) / dataset.size]! + 1) * 127.5),
  );
}

describe('imageFolder', () => {
  it('reads the files of a folder sorted by name', async () => {
    const folder = folderWith({
      'b.png': grey(2),
      'a.PNG': grey(1),
      'c10.png': grey(4),
      'c1.png': grey(3),
    });
    expect(await levels(imageFolder(folder))).toEqual([1, 2, 3, 4]);
    const dataset = await imageFolder(folder);
    expect(dataset).toMatchObject({ kind: 'images', shape: [2, 2, 1] });
    expect(dataset).not.toHaveProperty('classes');
  });

  it('takes sub-folders as classes, in turn', async () => {
    const folder = folderWith({
      'dog/1.png': grey(20),
      'cat/1.png': grey(10),
      'cat/2.png': grey(11),
      'cat/3.png': grey(12),
    });
    const dataset = await imageFolder(folder);
    expect(dataset.classes).toEqual(['cat', 'dog']);
    expect([...dataset.read([0, 1, 2, 3]).labels!.data]).toEqual([0, 1, 0, 0]);
    expect(await levels(imageFolder(folder))).toEqual([10, 20, 11, 12]);
    expect(await levels(imageFolder(folder, { limit: 3 }))).toEqual([10, 20, 11]);
  });

  it('has three channels as soon as one picture has colour', async () => {
    const dataset = await imageFolder(folderWith({ 'a.png': grey(51), 'b.png': red }));
    expect(dataset.shape).toEqual([2, 2, 3]);
    const { data } = dataset.read([0, 1]).examples;
    expect([...data.subarray(0, 6)]).toEqual(new Array(6).fill(Math.fround(51 / 127.5 - 1)));
    expect([...data.subarray(12, 15)]).toEqual([1, -1, -1]);
  });

  it('refuses pictures of different sizes, and scales them when given a size', async () => {
    const folder = folderWith({ 'a.png': grey(1), 'b.png': grey(2, 4, 6) });
    await expect(imageFolder(folder)).rejects.toThrow(
      `${folder}: expected pictures of one size (height x width), got 2 x 2 (1, such as a.png), 6 x 4 (1, such as b.png); folder:DIR,N crops and scales all of them to N x N`,
    );
    const dataset = await imageFolder(folder, { size: { height: 3, width: 3 } });
    expect(dataset.shape).toEqual([3, 3, 1]);
    expect(await levels(imageFolder(folder, { size: { height: 3, width: 3 } }))).toEqual([1, 2]);
  });

  it('refuses more than memory is meant for, before it takes it', async () => {
    const folder = folderWith({ 'a.png': grey(1), 'b.png': red });
    await expect(imageFolder(folder, { size: { height: 30_000, width: 20_000 } })).rejects.toThrow(
      `${folder}: expected pictures that take at most 2147483647 bytes in memory, got 2 x 30000 x 20000 x 3 = 3600000000 bytes; folder:DIR,N makes them smaller`,
    );
  });

  it('names the file that is broken', async () => {
    const folder = folderWith({ 'a.png': grey(1), 'b.png': 'not a picture' });
    await expect(imageFolder(folder)).rejects.toThrow(
      `${join(folder, 'b.png')}: at byte 0: expected a PNG, JPEG or WebP picture`,
    );
    await expect(imageFolder(folder)).rejects.toBeInstanceOf(DataError);
  });

  it('names all files that are broken at once, whatever is wrong with each', async () => {
    const inside = Buffer.from(grey(1));
    inside[44]! ^= 255;
    const folder = folderWith({
      'a/0.png': grey(1),
      'a/1.png': grey(1).subarray(0, 40),
      'a/2.jpg': jpegFile(plain(2, 2, 1, 1, 1)).subarray(0, 100),
      'b/3.png': mended(inside),
      'b/4.webp': 'RIFF',
      'b/5.png': Uint8Array.from(grey(1)).fill(7, 24, 25),
      'b/6.png': '',
      'b/7.png': '',
    });
    const error = await imageFolder(folder).then(
      () => undefined,
      (cause: unknown) => cause as DataError,
    );
    expect(error).toBeInstanceOf(DataError);
    const lines = error!.message.split('\n');
    expect(lines[0]).toBe(`${folder}: 7 of 8 pictures are broken:`);
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toBe('  and 2 more');
    for (const line of lines.slice(1, 6)) expect(line).toMatch(/^ {2}\S+\.(?:png|jpg|webp): at byte \d+: \S/);
    await expect(imageFolder(folder, { size: { height: 1, width: 1 } })).rejects.toThrow(
      '7 of 8 pictures are broken',
    );
  });

  it('mixes formats and channels, and crops and scales all of them', async () => {
    const folder = folderWith({
      'a/1.png': pngFile({ width: 4, height: 2, type: 0 }, [0, 51, 51, 0, 0, 51, 51, 0]),
      'a/2.webp': webpFile(plain(3, 9, 204, 102, 0)),
      'b/really-a.png': jpegFile(plain(8, 8, 255, 255, 255), { grey: true }),
    });
    const dataset = await imageFolder(folder, { size: { height: 2, width: 1 } });
    expect(dataset).toMatchObject({ size: 3, shape: [2, 1, 3], classes: ['a', 'b'] });
    const { examples, labels } = dataset.read([0, 1, 2]);
    expect([...labels!.data]).toEqual([0, 1, 0]);
    const levels = Array.from(examples.data, (value) => Math.round((value + 1) * 127.5));
    expect(levels).toEqual([51, 51, 51, 51, 51, 51, 255, 255, 255, 255, 255, 255, 204, 102, 0, 204, 102, 0]);
  });

  it('tells once of what it leaves out, and says nothing where that is nothing', async () => {
    const told: string[] = [];
    const warn = (text: string) => told.push(text);
    await imageFolder(folderWith({ 'a.png': grey(1) }), { warn });
    expect(told).toEqual([]);
    const folder = folderWith({ 'cat/a.png': grey(1), '.x/b.png': 'x', 'y.txt': '' });
    const { classes } = await imageFolder(folder, { warn, name: 'cats' });
    expect(classes).toEqual(['cat']);
    expect(told).toEqual([
      'cats: 1 pictures in 1 classes; left out:\n  .txt files: 1 (y.txt)\n  hidden or system names: 1 (.x)',
    ]);
  });

  it('warns by the process where nothing else is named', async () => {
    const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => emitted.mockRestore());
    await imageFolder(folderWith({ 'a.png': grey(1), 'y.txt': '' }), { name: 'one' });
    expect(emitted.mock.calls).toEqual([
      ['one: 1 pictures; left out:\n  .txt files: 1 (y.txt)', 'WeirWarning'],
    ]);
  });

  it('refuses a folder that is not there or holds no pictures', async () => {
    const empty = folderWith({ 'a.txt': '' });
    await expect(imageFolder(empty)).rejects.toBeInstanceOf(DataMissingError);
    await expect(imageFolder(join(empty, 'none'))).rejects.toBeInstanceOf(DataMissingError);
  });

  it.each([0, 1.5])('refuses a size and a limit of %s', async (value) => {
    await expect(imageFolder('x', { size: { height: 1, width: value } })).rejects.toThrow(
      `size: expected a whole number from 1, got ${value}`,
    );
    await expect(imageFolder('x', { limit: value })).rejects.toThrow(
      `limit: expected a whole number from 1, got ${value}`,
    );
  });
});
