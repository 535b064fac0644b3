import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError, DataMissingError, openDataset } from '../../src/data/index.ts';
import { readBytes } from '../../src/data/read-bytes.ts';
import { folderWith } from './temporary.ts';

const content = Uint8Array.from({ length: 3000 }, (_, i) => (i * i) % 251);

describe('readBytes', () => {
  it('reads a file, and unpacks gzip data under any name', async () => {
    const folder = folderWith({ plain: content, packed: gzipSync(content), empty: '' });
    expect(new Uint8Array(await readBytes(join(folder, 'plain')))).toEqual(content);
    expect(new Uint8Array(await readBytes(join(folder, 'packed')))).toEqual(content);
    expect(await readBytes(join(folder, 'empty'))).toHaveLength(0);
  });

  it('says which file is missing', async () => {
    const folder = folderWith({ file: 'x' });
    await expect(readBytes(join(folder, 'nope.gz'))).rejects.toThrow(
      new DataMissingError(join(folder, 'nope.gz'), 'such file').message,
    );
    await expect(readBytes(join(folder, 'file', 'below'))).rejects.toBeInstanceOf(DataMissingError);
  });

  it('refuses gzip data that ends early or is broken', async () => {
    const packed = gzipSync(content);
    const broken = Uint8Array.from(packed);
    broken[packed.length - 6]! ^= 0xff;
    const folder = folderWith({ short: packed.subarray(0, 100), broken });
    await expect(readBytes(join(folder, 'short'))).rejects.toThrow(
      'the gzip data ends too early, after 100 bytes',
    );
    await expect(readBytes(join(folder, 'broken'))).rejects.toThrow(/broken: broken gzip data \(.+\)/);
  });

  it('refuses what is larger than the limit, packed or once unpacked, without unpacking it all', async () => {
    const folder = folderWith({ plain: content, bomb: gzipSync(Buffer.alloc(1_000_000)) });
    await expect(readBytes(join(folder, 'plain'), 2999)).rejects.toThrow(
      'expected at most 2999 bytes, got 3000',
    );
    await expect(readBytes(join(folder, 'bomb'), 5000)).rejects.toThrow(
      'expected at most 5000 bytes once unpacked',
    );
  });

  it.skipIf(process.platform === 'win32')('refuses a pipe, and does not wait for its writer', async () => {
    const pipe = join(folderWith(), 'pipe.tar');
    execFileSync('mkfifo', [pipe]);
    const rule = `${pipe}: expected a file, got a pipe, socket or device`;
    await expect(readBytes(pipe)).rejects.toThrow(rule);
    for (const spec of [`npy:${pipe}`, `raw:${pipe},2x2x1`, `shards:${pipe}`])
      await expect(openDataset(spec)).rejects.toThrow(rule);
  });

  it('refuses a folder', async () => {
    await expect(readBytes(folderWith())).rejects.toBeInstanceOf(DataError);
    await expect(readBytes(folderWith())).rejects.toThrow('expected a file, got a folder');
  });
});
