import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npyArray, npzArray, openDataset, rawImages } from '../../src/data/index.ts';
import { npyFile, zipFile } from './npz-file.ts';
import { folderWith } from './temporary.ts';

const at = (name: string, content: Uint8Array) => join(folderWith({ [name]: content }), name);
const numbers = Array.from({ length: 24 }, (_, i) => i);

describe('npyArray', () => {
  it.each(['<f4', '<f8'])('reads rows of %s as points', async (descr) => {
    const data = await npyArray(at('a.npy', npyFile([1, 2.5, -3, 4, 5, 6], { descr, shape: [3, 2] })));
    expect(data).toMatchObject({ name: 'npy:a.npy', kind: 'points', size: 3, shape: [2] });
    expect([...data.read([2, 0]).examples.data]).toEqual([5, 6, 1, 2.5]);
  });

  it('reads bytes as images from -1 to 1, with channels and without', async () => {
    const colour = await npyArray(at('a.npy', npyFile(numbers, { descr: '|u1', shape: [2, 2, 2, 3] })));
    expect(colour).toMatchObject({ kind: 'images', size: 2, shape: [2, 2, 3] });
    expect(colour.read([1]).examples.data[0]).toBeCloseTo(12 / 127.5 - 1, 6);
    const grey = await npyArray(at('a.npy', npyFile(numbers, { descr: '|u1', shape: [6, 2, 2] })));
    expect(grey).toMatchObject({ size: 6, shape: [2, 2, 1] });
  });

  it('reads labels of a second file', async () => {
    const labels = at('y.npy', npyFile([3, 0, 1], { descr: '<i8', shape: [3] }));
    const file = at('a.npy', npyFile([1, 2, 3, 4, 5, 6], { shape: [3, 2] }));
    const data = await openDataset(`npy:${file},labels=${labels}`);
    expect(data.classes).toEqual(['0', '1', '2', '3']);
    expect([...data.read([2, 0]).labels!.data]).toEqual([1, 3]);
    expect(data.fingerprint).not.toBe((await openDataset(`npy:${file}`)).fingerprint);
  });

  it('reads the same from a file that stays on the disk, and tells when it changes', async () => {
    const content = npyFile(numbers, { descr: '|u1', shape: [6, 2, 2, 1] });
    const file = at('a.npy', content);
    const [held, stored] = [await npyArray(file), await npyArray(file, { mostHeld: 10 })];
    expect(stored.read([5, 0, 3])).toEqual(held.read([5, 0, 3]));
    expect(stored.fingerprint).toMatch(/^sampled-sha256:/);
    writeFileSync(file, Buffer.from(content).fill(9, content.length - 1));
    const changed = await npyArray(file, { mostHeld: 10 });
    expect(changed.fingerprint).not.toBe(stored.fingerprint);
    appendFileSync(file, 'x');
    expect(() => stored.read([0])).toThrow(
      `${file}: expected a file that stays as it was when it was opened (${content.length} bytes), and it has changed`,
    );
  });

  it.each([
    [
      npyFile(numbers, { shape: [24] }),
      'expected [n, d] or images [n, height, width, channels] with 1 to 4 channels, got [24]',
    ],
    [
      npyFile(numbers, { shape: [1, 2, 2, 6] }),
      'with 1 to 4 channels, got [1,2,2,6]; numpy.transpose(x, (0, 2, 3, 1)) puts',
    ],
    [npyFile(numbers, { shape: [24, 1] }).subarray(0, 180), 'expected 96 bytes for [24,1], got'],
  ])('refuses another form', async (content, message) => {
    await expect(npyArray(at('a.npy', content))).rejects.toThrow(message);
  });

  it.each([
    [
      npyFile([0, 0.5, 1, 1.5], { shape: [2, 1, 2, 1] }),
      'at byte 140: expected numbers from -1 to 1, or bytes (uint8), in images, got 1.5 in row 1',
    ],
    [
      npyFile([1, 2, 0, Number.NaN], { shape: [2, 2] }),
      'at byte 140: expected finite numbers of float32 in points, got NaN in row 1',
    ],
    [
      npyFile([1, 2, 1e39, 0], { descr: '<f8', shape: [2, 2] }),
      'at byte 144: expected finite numbers of float32 in points, got 1e+39 in row 1',
    ],
  ])('refuses numbers of no image or point, with row and offset (%#)', async (content, message) => {
    const file = at('a.npy', content);
    await expect(npyArray(file)).rejects.toThrow(`${file}: ${message}`);
    // On the disk they are found as they are read.
    const stored = await npyArray(file, { mostHeld: 10 });
    expect(stored.read([0]).examples.data).toHaveLength(2);
    expect(() => stored.read([1])).toThrow(`${file}: ${message}`);
  });

  it('refuses labels that are not as many, or are none', async () => {
    const file = at('a.npy', npyFile(numbers, { shape: [12, 2] }));
    const labelled = (labels: readonly number[]) => npyArray(file, { labels: at('y.npy', npyFile(labels)) });
    await expect(labelled([1, 2])).rejects.toThrow('expected 12 labels, one for each example, got [2]');
    await expect(labelled([...numbers.slice(0, 11), 0.5])).rejects.toThrow(
      'expected labels that are whole numbers from 0 to 65535, got 0.5 in row 11',
    );
  });
});

describe('npzArray', () => {
  const file = () =>
    at(
      'a.npz',
      zipFile({ 'x.npy': npyFile(numbers, { shape: [12, 2] }), 'y.npy': npyFile(numbers.slice(0, 12)) }),
    );

  it('reads arrays by their names', async () => {
    const data = await openDataset(`npz:${file()},labels=y`);
    expect(data).toMatchObject({ name: 'npz:a.npz', size: 12, shape: [2] });
    expect([...data.read([11]).labels!.data]).toEqual([11]);
    expect((await npzArray(file(), { array: 'x' })).classes).toBeUndefined();
  });

  it('refuses a name that is not there, and asks for one of several', async () => {
    await expect(npzArray(file())).rejects.toThrow(
      /array: expected the name of an array of .*a\.npz \(x, y\), got none/,
    );
    await expect(npzArray(file(), { array: 'z' })).rejects.toThrow(
      /array: expected an array of .*\(x, y\), got "z"/,
    );
    await expect(npzArray(file(), { labels: 'z', array: 'x' })).rejects.toThrow(
      /labels: expected an array of .*, got "z"/,
    );
  });
});

describe('rawImages of a file that stays on the disk', () => {
  it('are those of one that is held', async () => {
    const folder = folderWith({ pixels: Uint8Array.from(numbers), labels: Uint8Array.of(0, 2, 1, 1, 0, 2) });
    const options = { height: 2, width: 2, channels: 1, labels: join(folder, 'labels') };
    const [held, stored] = await Promise.all(
      [1000, 10].map((mostHeld) => rawImages(join(folder, 'pixels'), { ...options, mostHeld })),
    );
    expect(stored!.read([4, 1])).toEqual(held!.read([4, 1]));
    expect(stored).toMatchObject({ size: 6, classes: held!.classes });
    await expect(rawImages(join(folder, 'pixels'), { ...options, height: 5, mostHeld: 10 })).rejects.toThrow(
      'at byte 20: expected images of 5 x 2 x 1 = 10 bytes, got 4 bytes at the end',
    );
  });
});
