import { expect, it } from 'vitest';
import { openDataset, pairedFolders } from '../../src/data/index.ts';
import { pngFile } from './png-file.ts';
import { folderWith } from './temporary.ts';

const grey = (level: number, side = 1) =>
  pngFile({ width: side, height: side, type: 0 }, new Array(side * side).fill(level));
const levelsOf = (data: ArrayLike<number>) => Array.from(data, (value) => Math.round((value + 1) * 127.5));

it('pairs pictures of equal names: from those of a to those of b', async () => {
  const folder = folderWith({
    'a/1.png': grey(1),
    'a/2.png': grey(2),
    'b/1.png': grey(101),
    'b/2.png': grey(102),
  });
  const dataset = await openDataset(`pairs:${folder}`);
  expect(dataset).toMatchObject({ size: 2, shape: [1, 1, 1], parts: { source: [1, 1, 1] } });
  const { examples, parts } = dataset.read([1, 0]);
  expect(levelsOf(examples.data)).toEqual([102, 101]);
  expect(levelsOf(parts!.source!.data)).toEqual([2, 1]);
});

it('scales both sides, and knows its content by its fingerprint', async () => {
  const files = { 'a/1.png': grey(1, 4), 'b/1.png': grey(101, 3) };
  const dataset = await openDataset(`pairs:${folderWith(files)},2`);
  expect(dataset).toMatchObject({ shape: [2, 2, 1], parts: { source: [2, 2, 1] } });
  const other = await openDataset(`pairs:${folderWith({ ...files, 'a/1.png': grey(2, 4) })},2`);
  expect(other.fingerprint).not.toBe(dataset.fingerprint);
});

it('refuses pictures without a partner, and a folder without a or b', async () => {
  const alone = folderWith({
    'a/1.png': grey(1),
    'a/3.png': grey(1),
    'b/1.png': grey(2),
    'b/2.png': grey(2),
  });
  await expect(pairedFolders(alone)).rejects.toThrow(
    'expected pictures of equal names in a and b, got 2 without a partner (a/3, b/2)',
  );
  await expect(pairedFolders(folderWith({ 'a/1.png': grey(1) }))).rejects.toThrow('b: found no such folder');
});
