import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataMissingError, rawImages } from '../../src/data/index.ts';
import { expectBoth, fuzz } from './fuzz.ts';
import { realData } from './real-data.ts';
import { folderWith } from './temporary.ts';

const pixels = Uint8Array.from({ length: 36 }, (_, i) => 7 * i);
const form = { height: 2, width: 3, channels: 3 };

describe('rawImages', () => {
  it('reads images and labels, gzipped or not', async () => {
    const folder = folderWith({ images: pixels, 'images.gz': gzipSync(pixels), labels: Uint8Array.of(3, 1) });
    const plain = await rawImages(join(folder, 'images'), { ...form, labels: join(folder, 'labels') });
    expect(plain).toMatchObject({
      name: 'raw:images',
      size: 2,
      shape: [2, 3, 3],
      classes: ['0', '1', '2', '3'],
    });
    const { examples, labels } = plain.read([1]);
    expect([...examples.data]).toEqual([...pixels.subarray(18)].map((v) => Math.fround(v / 127.5 - 1)));
    expect([...labels!.data]).toEqual([1]);
    const packed = await rawImages(join(folder, 'images.gz'), { ...form, labels: join(folder, 'labels') });
    expect(packed.fingerprint).toBe(plain.fingerprint);
  });

  it('takes a limit, and needs no labels', async () => {
    const file = join(folderWith({ images: pixels }), 'images');
    const dataset = await rawImages(file, { ...form, limit: 1, name: 'hands' });
    expect(dataset).toMatchObject({ name: 'hands', size: 1 });
    expect(dataset).not.toHaveProperty('classes');
  });

  it('refuses a file of no whole number of images, and an empty one', async () => {
    const folder = folderWith({ images: pixels.subarray(0, 20), empty: '' });
    await expect(rawImages(join(folder, 'images'), form)).rejects.toThrow(
      `${join(folder, 'images')}: at byte 18: expected images of 2 x 3 x 3 = 18 bytes, got 2 bytes at the end`,
    );
    await expect(rawImages(join(folder, 'empty'), form)).rejects.toThrow('at byte 0: expected images');
  });

  it('refuses labels of another number, and missing files', async () => {
    const folder = folderWith({ images: pixels, labels: Uint8Array.of(1) });
    const images = join(folder, 'images');
    await expect(rawImages(images, { ...form, labels: join(folder, 'labels') })).rejects.toThrow(
      'labels: at byte 1: expected 2 labels, one for each image, got 1',
    );
    await expect(rawImages(images, { ...form, labels: join(folder, 'no') })).rejects.toBeInstanceOf(
      DataMissingError,
    );
    await expect(rawImages(join(folder, 'no'), form)).rejects.toThrow(
      `${join(folder, 'no')}: found no such file`,
    );
  });

  it.each([
    [{ height: 0 }, 'height: expected a whole number from 1, got 0'],
    [{ width: 2.5 }, 'width: expected a whole number from 1, got 2.5'],
    [{ channels: 5 }, 'channels: expected a whole number from 1 to 4, got 5'],
    [{ limit: -1 }, 'limit: expected a whole number from 1, got -1'],
  ])('refuses %o', async (change, message) => {
    await expect(rawImages('anywhere', { ...form, ...change })).rejects.toThrow(message);
  });

  it('reads or refuses any changed file, gzipped or not', async () => {
    const folder = folderWith();
    const bytes = Uint8Array.from({ length: 240 }, (_, i) => (i * 37) % 256);
    for (const good of [bytes, gzipSync(bytes)]) {
      const outcomes = await fuzz(good, async (changed) => {
        writeFileSync(join(folder, 'f'), changed);
        const dataset = await rawImages(join(folder, 'f'), { height: 2, width: 1, channels: 3 }).catch(
          (error: Error) => {
            // The message begins with the whole path.
            error.message = error.message.replace(join(folder, 'f'), 'f');
            throw error;
          },
        );
        dataset.read([0, dataset.size - 1]);
      });
      expectBoth(outcomes);
    }
  });
});

const signs = realData('sign-digits', 'images-32x32x3-nhwc.u8.gz');
describe.skipIf(signs === undefined)(
  'rawImages on the sign language digits (skipped where the files are not beside the repository)',
  () => {
    it('reads 2,062 photographs of ten classes', async () => {
      const labels = realData('sign-digits', 'labels.u8.gz')!;
      const dataset = await rawImages(signs!, { height: 32, width: 32, channels: 3, labels });
      expect(dataset).toMatchObject({ size: 2062, shape: [32, 32, 3] });
      const counts = new Array(10).fill(0);
      const batch = dataset.read(Array.from({ length: 2062 }, (_, i) => i));
      for (const label of batch.labels!.data) counts[label]++;
      expect(counts).toEqual([205, 206, 206, 206, 207, 207, 207, 206, 208, 204]);
    });
  },
);
