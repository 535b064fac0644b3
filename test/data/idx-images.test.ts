import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError, DataMissingError, idxImages } from '../../src/data/index.ts';
import { idxFile } from './idx-file.ts';
import { realData } from './real-data.ts';
import { folderWith } from './temporary.ts';

const images = idxFile([3, 2, 2], [0, 255, 0, 0, 10, 20, 30, 40, 255, 255, 255, 255]);
const labels = idxFile([3], [1, 0, 4]);

describe('idxImages', () => {
  it.each([
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
    ['train-images.idx3-ubyte', 'train-labels.idx1-ubyte'],
    ['train-images-idx3-ubyte', 'train-labels.idx1-ubyte'],
  ])('reads %s and %s, gzipped or not, from a folder', async (imagesName, labelsName) => {
    const plain = await idxImages(folderWith({ [imagesName]: images, [labelsName]: labels }));
    const packed = await idxImages(
      folderWith({ [`${imagesName}.gz`]: gzipSync(images), [`${labelsName}.gz`]: gzipSync(labels) }),
    );
    for (const dataset of [plain, packed]) {
      expect(dataset).toMatchObject({
        kind: 'images',
        size: 3,
        shape: [2, 2, 1],
        classes: ['0', '1', '2', '3', '4'],
      });
      const batch = dataset.read([2, 0]);
      expect([...batch.examples.data]).toEqual([1, 1, 1, 1, -1, 1, -1, -1]);
      expect([...batch.labels!.data]).toEqual([4, 1]);
    }
    expect(plain.fingerprint).toBe(packed.fingerprint);
  });

  it('reads the test files when asked to, and one file of images with the labels beside it', async () => {
    const folder = folderWith({
      't10k-images-idx3-ubyte': images,
      't10k-labels-idx1-ubyte': labels,
      'train-images-idx3-ubyte': idxFile([1, 2, 2], [1, 2, 3, 4]),
    });
    expect((await idxImages(folder, { split: 'test' })).size).toBe(3);
    expect((await idxImages(folder)).size).toBe(1);
    const one = await idxImages(join(folder, 't10k-images-idx3-ubyte'));
    expect([one.size, one.classes?.length]).toEqual([3, 5]);
  });

  it('does without labels', async () => {
    const dataset = await idxImages(folderWith({ 'train-images-idx3-ubyte': images, some: 'file' }));
    expect(dataset.read([0])).not.toHaveProperty('labels');
    expect(dataset).not.toHaveProperty('classes');
    expect((await idxImages(join(folderWith({ faces: images }), 'faces'))).size).toBe(3);
  });

  it('takes a limit, a name and the names of the classes', async () => {
    const folder = folderWith({ 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels });
    const classes = ['a', 'b', 'c', 'd', 'e'];
    const dataset = await idxImages(folder, { limit: 2, name: 'letters', classes });
    expect(dataset).toMatchObject({ name: 'letters', size: 2, classes });
    expect((await idxImages(folder)).name).toBe(`idx:${basename(folder)}`);
    await expect(idxImages(folder, { classes: ['a'] })).rejects.toThrow(
      'at byte 10: expected a label from 0 to 0, got 4',
    );
  });

  it('says which names it looked for', async () => {
    const folder = folderWith();
    const message = `${folder}: found no train-images-idx3-ubyte or train-images.idx3-ubyte (with or without .gz)`;
    await expect(idxImages(folder)).rejects.toBeInstanceOf(DataMissingError);
    await expect(idxImages(folder)).rejects.toThrow(message);
    await expect(idxImages(join(folder, 'none'), { split: 'test' })).rejects.toThrow('found no t10k-images');
  });

  it('refuses a truncated file and labels that do not fit, naming the file', async () => {
    const truncated = folderWith({ 'train-images-idx3-ubyte': images.subarray(0, 20) });
    await expect(idxImages(truncated)).rejects.toThrow(
      `${join(truncated, 'train-images-idx3-ubyte')}: at byte 20: expected 12 bytes of data for 3 x 2 x 2, got 4`,
    );
    const uneven = folderWith({
      'train-images-idx3-ubyte': images,
      'train-labels-idx1-ubyte': idxFile([2], [0, 1]),
    });
    await expect(idxImages(uneven)).rejects.toBeInstanceOf(DataError);
    await expect(idxImages(uneven)).rejects.toThrow('expected 3 labels, one for each image, got 2');
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a limit of %s', async (limit) => {
    await expect(idxImages('anywhere', { limit })).rejects.toThrow(
      `limit: expected a whole number from 1, got ${limit}`,
    );
  });

  it('refuses another split', async () => {
    await expect(idxImages('anywhere', { split: 'dev' as 'test' })).rejects.toThrow(
      'split: expected one of train, test, got "dev"',
    );
  });
});

const fashion = realData('fashion-mnist');
describe.skipIf(fashion === undefined)(
  'idxImages on Fashion-MNIST (skipped where the files are not beside the repository)',
  () => {
    it('reads 10,000 test images of ten classes, a thousand each', async () => {
      const dataset = await idxImages(fashion!, { split: 'test' });
      expect(dataset).toMatchObject({ name: 'idx:fashion-mnist', size: 10_000, shape: [28, 28, 1] });
      const counts = new Array(10).fill(0);
      const { labels } = dataset.read(Array.from({ length: 10_000 }, (_, i) => i));
      for (const label of labels!.data) counts[label]++;
      expect(counts).toEqual(new Array(10).fill(1000));
    });

    it('shows an ankle boot first: dark corners, a sole at the bottom, label 9', async () => {
      const { examples, labels } = (await idxImages(fashion!, { split: 'test', limit: 1 })).read([0]);
      expect([...labels!.data]).toEqual([9]);
      expect(examples.data[0]).toBe(-1);
      const row = (r: number) =>
        [...examples.data.subarray(28 * r, 28 * (r + 1))].reduce((sum, v) => sum + v, 0) / 28;
      expect(row(2)).toBe(-1);
      expect(row(19)).toBeGreaterThan(-0.2);
    });
  },
);
