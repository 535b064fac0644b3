import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError, type Dataset, openDataset, shards, shuffled } from '../../src/data/index.ts';
import { shardOrder } from '../../src/data/shard-order.ts';
import { keyOf } from '../../src/engine/index.ts';
import { jpegFile, plain } from './picture-files.ts';
import { pngFile } from './png-file.ts';
import { tarFile } from './tar-file.ts';
import { folderWith } from './temporary.ts';

const grey = (level: number, width = 2, height = 2) =>
  pngFile({ width, height, type: 0 }, new Array(width * height).fill(level));
const text = (content: string): Uint8Array => Buffer.from(content);
/** A shard of examples of one level, with a class. */
const shard = (levels: readonly number[]) =>
  tarFile(
    levels.flatMap((level) => [
      [`${level}.png`, grey(level)] as const,
      [`${level}.cls`, text(String(level % 3))] as const,
    ]),
  );
const levelsOf = (data: Dataset, indices: readonly number[]) => {
  const { examples } = data.read(indices);
  const each = examples.data.length / indices.length;
  return indices.map((_, i) => Math.round((examples.data[i * each]! + 1) * 127.5));
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('shards', () => {
  it('reads pictures and classes by their index, from a folder and from a range of names', async () => {
    const folder = folderWith({
      'a-00.tar': shard([10, 11]),
      'a-01.tar': shard([20]),
      'a-02.tar': shard([30, 31]),
      other: 'x',
    });
    for (const path of [folder, join(folder, 'a-{00..02}.tar')]) {
      const data = await shards(path);
      expect(data).toMatchObject({ kind: 'images', size: 5, shape: [2, 2, 3], classes: ['0', '1', '2'] });
      expect(levelsOf(data, [4, 0, 2, 1])).toEqual([31, 10, 20, 11]);
      expect([...data.read([4, 0, 2]).labels!.data]).toEqual([1, 1, 2]);
      expect(data.fileOf!(2)).toBe(join(folder, 'a-01.tar'));
    }
    expect((await shards(join(folder, 'a-01.tar'))).size).toBe(1);
    expect((await shards(folder, { limit: 3 })).size).toBe(3);
    expect(await openDataset(`shards:${folder},4x6x1`)).toMatchObject({ shape: [4, 6, 1] });
  });

  it('reads JSON, texts and JPEG, and what the tar of the system writes', async () => {
    const folder = folderWith({
      'in/1.jpg': jpegFile(plain(8, 8, 90, 20, 20)),
      'in/1.json': '{"label": 2, "caption": "a red dot", "url": "x"}',
      'in/2.jpg': jpegFile(plain(8, 8, 20, 20, 200)),
      'in/2.json': '{"cls": 0, "caption": "blue"}',
    });
    for (const format of ['pax', 'gnu', 'ustar']) {
      const file = join(folder, `${format}.tar`);
      execFileSync('tar', ['-C', folder, '--sort=name', `--format=${format}`, '-cf', file, 'in']);
      const data = await shards(file, { size: { height: 4, width: 4 } });
      expect(data).toMatchObject({ size: 2, shape: [4, 4, 3], classes: ['0', '1', '2'] });
      expect((data as { captions?(i: readonly number[]): string[] } & Dataset).captions!([1, 0])).toEqual([
        'blue',
        'a red dot',
      ]);
      expect(Object.keys(data.parts!)).toEqual(['tokens']);
    }
  });

  it('keeps an index of each shard, and makes it again where the shard has changed', async () => {
    const folder = folderWith({ 'a.tar': shard([10, 11]) });
    const [file, cache] = [join(folder, 'a.tar'), join(folder, 'cache')];
    const first = await shards(file, { cache });
    const [kept] = readdirSync(cache).map((name) => join(cache, name));
    const written = readFileSync(kept!, 'utf8');
    // An index that is used: of another place for the second example.
    writeFileSync(
      kept!,
      written.replace(
        /"blocks":"[^"]*"/,
        `"blocks":"${Buffer.from(Int32Array.of(1, 1).buffer).toString('base64')}"`,
      ),
    );
    expect(levelsOf(await shards(file, { cache }), [0, 1])).toEqual([10, 10]);
    writeFileSync(kept!, written.slice(0, 50));
    expect(levelsOf(await shards(file, { cache }), [0, 1])).toEqual([10, 11]);
    writeFileSync(file, shard([40, 41]));
    utimesSync(file, 1, 1);
    const changed = await shards(file, { cache });
    expect(levelsOf(changed, [0, 1])).toEqual([40, 41]);
    expect(changed.fingerprint).not.toBe(first.fingerprint);
    expect(() => first.read([0])).toThrow('and it has changed');
    // A cache that cannot be written is done without.
    expect((await shards(file, { cache: join(file, 'cache') })).size).toBe(2);
  });

  it('refuses a shard that is cut short, with shard, offset and rule', async () => {
    const folder = folderWith({ 'a.tar': shard([10, 11]), 'b.tar': shard([20, 21]) });
    const file = join(folder, 'b.tar');
    const whole = readFileSync(file).length;
    truncateSync(file, 520);
    await expect(shards(folder)).rejects.toThrow(
      `${file}: at byte 512: expected ${grey(20).length} bytes of 20.png, and the archive has 8 more`,
    );
    writeFileSync(file, shard([20, 21]).subarray(0, whole - 1024));
    await expect(shards(folder)).rejects.toThrow(
      `${file}: at byte ${whole - 1024}: expected the empty block that ends a tar archive`,
    );
  });

  it.each([
    [
      tarFile([['1.cls', text('1')]]),
      'expected a picture (png, jpg, jpeg, webp) beside the other files of 1, got none',
    ],
    [
      tarFile([
        ['1.png', grey(1)],
        ['1.cls', text('x')],
      ]),
      '1.cls: expected a class from 0 to 65535, got "x"',
    ],
    [
      tarFile([
        ['1.png', grey(1)],
        ['1.cls', text('')],
      ]),
      '1.cls: expected a class from 0 to 65535, got ""',
    ],
    [
      tarFile([
        ['1.png', grey(1)],
        ['1.jpg', grey(1)],
      ]),
      '1.jpg: expected one picture of 1, got 1.png too',
    ],
    [
      tarFile([
        ['1.png', grey(1)],
        ['1.json', text('{')],
      ]),
      '1.json: expected JSON (',
    ],
    [
      tarFile([
        ['1.png', grey(1)],
        ['1.cls', text('0')],
        ['2.png', grey(1)],
      ]),
      'expected a class of every example or of none, got none of 2 (1 of 2)',
    ],
    [
      Uint8Array.of(0x1f, 0x8b, ...new Array(600).fill(1)),
      'at byte 0: expected an uncompressed tar archive, got gzip data',
    ],
    [new Uint8Array(700).fill(7), 'at byte 0: expected a tar header with the right checksum'],
  ])('refuses what is no shard', async (content, message) => {
    const file = join(folderWith({ 'a.tar': content }), 'a.tar');
    await expect(shards(file)).rejects.toThrow(message);
    await expect(shards(file)).rejects.toBeInstanceOf(DataError);
  });

  it('names the picture that is broken or of another size as it is read', async () => {
    const broken = Uint8Array.from(grey(1)).fill(0, 50, 54);
    const file = join(
      folderWith({
        'a.tar': tarFile([
          ['in/1.png', grey(1)],
          ['in/2.png', grey(1, 3)],
          ['in/3.png', broken],
        ]),
      }),
      'a.tar',
    );
    const data = await shards(file);
    expect(() => data.read([1])).toThrow(
      `${file}: in/2.png: expected a picture of 2 x 2 as the first one, got 2 x 3; shards:PATH,N crops`,
    );
    expect(() => data.read([2])).toThrow(`${file}: in/3.png: at byte`);
    const colour = pngFile({ width: 2, height: 2, type: 2 }, new Array(12).fill(9));
    const coloured = join(folderWith({ 'a.tar': tarFile([['1.png', colour]]) }), 'a.tar');
    const one = await openDataset(`shards:${coloured},2x2x1`);
    expect(() => one.read([0])).toThrow('1.png: expected a grey picture, got one with colours');
    await expect(openDataset(`shards:${coloured},2x2x2`)).rejects.toThrow('channels: expected 1 or 3, got 2');
  });

  it('refuses folders and ranges without shards', async () => {
    const packed = { 'zip/a.tar.gz': 'x', 'zip/._b.tar': 'x' };
    const folder = folderWith({ 'a-0.tar': shard([1]), 'empty.tar': tarFile([]), 'sub/x': 'x', ...packed });
    await expect(shards(join(folder, 'sub'))).rejects.toThrow(/sub: found no \.tar files$/);
    await expect(shards(join(folder, 'zip'))).rejects.toThrow(
      'zip: found no .tar files; a.tar.gz has to be unpacked by gunzip first',
    );
    await expect(shards(join(folder, 'none'))).rejects.toThrow('none: found no such folder or shard');
    await expect(shards(join(folder, 'a-{0..1}.tar'))).rejects.toThrow('a-1.tar: found no such file');
    await expect(shards(join(folder, 'empty.tar'))).rejects.toThrow('found no examples in the shards');
    symlinkSync('loop.tar', join(folder, 'loop.tar'));
    await expect(shards(join(folder, 'loop.tar'))).rejects.toThrow('loop.tar: cannot be read (ELOOP)');
  });
});

describe('the order of shards', () => {
  const sizes = [5, 0, 40, 7, 18];
  const order = shardOrder(sizes, 16);
  const at = (seed: number) => range(0, 70).map(order.of(keyOf(seed, 'x')));

  it('has each example once, in another order by another key', () => {
    expect(at(1).toSorted((a, b) => a - b)).toEqual(range(0, 70));
    expect(at(2)).not.toEqual(at(1));
    const backwards = order.of(keyOf(1, 'x'));
    expect(range(0, 70).reverse().map(backwards).reverse()).toEqual(at(1));
  });

  it('reads a few shards at a time, and mixes them', () => {
    const shardOf = (example: number) => [5, 5, 45, 52, 70].findIndex((end) => example < end);
    const windows = range(0, 4).map(
      (w) =>
        new Set(
          at(3)
            .slice(16 * w, 16 * w + 16)
            .map(shardOf),
        ),
    );
    for (const shardsOfWindow of windows) expect(shardsOfWindow.size).toBeLessThan(4);
    expect(Math.max(...windows.map(({ size }) => size))).toBeGreaterThan(1);
  });

  it('is that of the batches, and of no part of the data', async () => {
    const folder = folderWith({ 'a.tar': shard(range(10, 20)), 'b.tar': shard(range(20, 30)) });
    const data = await shards(folder);
    const epoch = (source: Dataset, size: number) =>
      [...shuffled(source, { size, seed: 5 })[Symbol.iterator]().next().value!.batch.examples.data].filter(
        (_, i) => i % 12 === 0,
      );
    expect(epoch(data, 20).toSorted()).toHaveLength(20);
    const half = await openDataset(`shards:${folder},held-out=0.5`);
    expect(new Set(epoch(half, 10)).size).toBe(10);
  });
});
