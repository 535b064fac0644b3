import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cifar10, DataError, DataMissingError } from '../../src/data/index.ts';
import { folderWith } from './temporary.ts';

/** A record whose red is `red` everywhere, whose green counts up by pixel, and whose blue is 0. */
function record(label: number, red: number): Uint8Array {
  const bytes = new Uint8Array(3073);
  bytes[0] = label;
  bytes.fill(red, 1, 1025);
  for (let i = 0; i < 1024; i++) bytes[1025 + i] = i % 256;
  return bytes;
}

const part = (label: number) => Buffer.concat([record(label, 10), record(9 - label, 255)]);
const five = () =>
  Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`data_batch_${number}.bin`, part(number)]));

describe('cifar10', () => {
  it('reads the five training files in order, planes turned into pixels', async () => {
    const dataset = await cifar10(folderWith(five()));
    expect(dataset).toMatchObject({ kind: 'images', size: 10, shape: [32, 32, 3] });
    expect(dataset.classes).toHaveLength(10);
    const { examples, labels } = dataset.read([0, 1, 9]);
    expect([...labels!.data]).toEqual([1, 8, 4]);
    const pixel = (image: number, i: number) => [
      ...examples.data.subarray(3072 * image + 3 * i).subarray(0, 3),
    ];
    expect(pixel(0, 5)).toEqual([10 / 127.5 - 1, 5 / 127.5 - 1, -1].map(Math.fround));
    expect(pixel(1, 300)).toEqual([1, 44 / 127.5 - 1, -1].map(Math.fround));
  });

  it('reads the test file, from the folder of the archive, gzipped', async () => {
    const folder = folderWith({ 'cifar-10-batches-bin/test_batch.bin.gz': gzipSync(part(3)) });
    const dataset = await cifar10(folder, { split: 'test', name: 'photographs' });
    expect(dataset).toMatchObject({ name: 'photographs', size: 2 });
  });

  it('reads no more files than the limit needs', async () => {
    const folder = folderWith({ 'data_batch_1.bin': part(1), 'data_batch_2.bin': part(2) });
    const dataset = await cifar10(folder, { limit: 3 });
    expect([...dataset.read([0, 1, 2]).labels!.data]).toEqual([1, 8, 2]);
    expect(dataset.size).toBe(3);
  });

  it('says which file is missing', async () => {
    const { 'data_batch_3.bin': _, ...rest } = five();
    const folder = folderWith(rest);
    await expect(cifar10(folder)).rejects.toThrow(`${folder}: found no data_batch_3.bin`);
    await expect(cifar10(folder)).rejects.toBeInstanceOf(DataMissingError);
  });

  it('refuses a truncated file, an empty one and a label above nine, with the byte', async () => {
    const truncated = folderWith({ 'test_batch.bin': part(1).subarray(0, 5000) });
    await expect(cifar10(truncated, { split: 'test' })).rejects.toThrow(
      `${join(truncated, 'test_batch.bin')}: at byte 3073: expected records of 3073 bytes (a label and 32 x 32 x 3 pixels), got 1927 bytes at the end`,
    );
    await expect(cifar10(folderWith({ 'test_batch.bin': '' }), { split: 'test' })).rejects.toThrow(
      'at byte 0',
    );
    const foreign = Buffer.concat([record(1, 0), record(77, 0)]);
    await expect(cifar10(folderWith({ 'test_batch.bin': foreign }), { split: 'test' })).rejects.toThrow(
      'at byte 3073: expected a label from 0 to 9, got 77',
    );
  });

  it('reads right or refuses, whatever the file', async () => {
    const cases = fc.sample(fc.tuple(fc.nat(3 * 3073), fc.nat(255), fc.boolean()), { numRuns: 40, seed: 1 });
    for (const [length, label, whole] of cases) {
      const count = whole ? Math.max(1, Math.round(length / 3073)) * 3073 : length;
      const bytes = new Uint8Array(count);
      bytes[0] = label;
      const opened = cifar10(folderWith({ 'test_batch.bin': bytes }), { split: 'test' });
      if (count > 0 && count % 3073 === 0 && label < 10) expect((await opened).size).toBe(count / 3073);
      else await expect(opened).rejects.toBeInstanceOf(DataError);
    }
  });

  it('refuses a bad limit and a bad split', async () => {
    await expect(cifar10('anywhere', { limit: 0 })).rejects.toThrow(
      'limit: expected a whole number from 1, got 0',
    );
    await expect(cifar10('anywhere', { split: 'all' as 'test' })).rejects.toThrow(
      'split: expected one of train, test',
    );
  });
});
