import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fetchSource } from '../../src/data/fetch-dataset.ts';
import { DownloadError, fetchable, fetchDataset, openDataset } from '../../src/data/index.ts';
import type { DataSource, SourceFile } from '../../src/data/sources.ts';
import { sendRange, serve } from './file-server.ts';
import { realData } from './real-data.ts';
import { tarFile } from './tar-file.ts';
import { folderWith } from './temporary.ts';

const fileOf = (name: string, bytes: Uint8Array): SourceFile => ({
  name,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

const [a, b] = [Buffer.from('the first file'), Buffer.from('the second file')];
const plain = (mirror: string): DataSource => ({
  name: 'plain',
  mirrors: [mirror],
  files: [fileOf('a', a), fileOf('b', b)],
});

const record = new Uint8Array(3073);
const archive = gzipSync(
  tarFile([
    ['batches/readme.html', Buffer.from('hello')],
    ['batches/../../evil.bin', Buffer.from('evil')],
    ['batches/one.bin', record],
    ['batches/two.bin', record],
  ]),
);
const packed = (mirror: string): DataSource => ({
  name: 'packed',
  mirrors: [mirror],
  files: [fileOf('all.tar.gz', archive)],
  unpacked: { names: ['one.bin', 'two.bin'], bytes: 3073 },
});

const serving = () =>
  serve((request, response) => {
    const bytes = { '/a': a, '/b': b, '/all.tar.gz': archive }[request.url ?? ''];
    if (bytes) sendRange(bytes, request, response);
    else response.writeHead(404).end();
  });

describe('fetchSource', () => {
  it('brings every file into the folder of the dataset', async () => {
    const { url } = await serving();
    const folder = folderWith();
    expect(await fetchSource(plain(url), { folder })).toBe(join(folder, 'plain'));
    expect(readFileSync(join(folder, 'plain', 'a'))).toEqual(a);
    expect(readFileSync(join(folder, 'plain', 'b'))).toEqual(b);
  });

  it('brings only what is missing or wrong', async () => {
    const { url, asked } = await serving();
    const folder = folderWith();
    await fetchSource(plain(url), { folder });
    writeFileSync(join(folder, 'plain', 'b'), 'the wrong file!');
    const progress: string[] = [];
    await fetchSource(plain(url), { folder, onProgress: ({ file }) => progress.push(file) });
    expect(asked.map(({ path }) => path)).toEqual(['/a', '/b', '/b']);
    expect(new Set(progress)).toEqual(new Set(['a', 'b']));
    expect(readFileSync(join(folder, 'plain', 'b'))).toEqual(b);
  });

  it('takes the mirror in the place of the public ones', async () => {
    const { url, asked } = await serving();
    const folder = folderWith();
    await fetchSource(plain(url), { folder, mirror: folderWith({ a, b }) });
    expect(asked).toEqual([]);
    await expect(fetchSource(plain(url), { folder: folderWith(), mirror: folderWith() })).rejects.toThrow(
      'no such file',
    );
  });

  it('unpacks an archive: the wanted files and nothing else, and not twice', async () => {
    const { url, asked } = await serving();
    const folder = folderWith();
    await fetchSource(packed(url), { folder });
    expect(readdirSync(join(folder, 'packed')).sort()).toEqual(['one.bin', 'two.bin']);
    expect(readdirSync(folder)).toEqual(['packed']);
    await fetchSource(packed(url), { folder });
    expect(asked).toHaveLength(1);
  });

  it('refuses an archive that lacks a file', async () => {
    const { url } = await serving();
    const source = { ...packed(url), unpacked: { names: ['one.bin', 'six.bin'], bytes: 3073 } };
    const folder = folderWith();
    await expect(fetchSource(source, { folder })).rejects.toThrow('expected six.bin in the archive');
    // The archive stays, to be looked at; of the files none is half.
    expect(readdirSync(join(folder, 'packed')).sort()).toEqual([source.files[0]!.name, 'one.bin'].sort());
  });

  it('says which folder cannot be filled', async () => {
    const folder = folderWith({ plain: 'a file is in the way' });
    const filled = fetchSource(plain('http://127.0.0.1:9'), { folder });
    await expect(filled).rejects.toBeInstanceOf(DownloadError);
    await expect(fetchSource(plain('http://127.0.0.1:9'), { folder })).rejects.toThrow(
      `${join(folder, 'plain')}: cannot be filled (EEXIST)`,
    );
  });
});

describe('fetchDataset', () => {
  it('refuses a name that it cannot fetch', async () => {
    await expect(fetchDataset('imagenet')).rejects.toThrow(
      'name: expected one of mnist, fashion-mnist, cifar10, got "imagenet"',
    );
    expect(fetchable).toEqual(['mnist', 'fashion-mnist', 'cifar10']);
  });

  const fashion = realData('fashion-mnist');
  it.skipIf(fashion === undefined)(
    'fetches Fashion-MNIST from a mirror, ready to open (skipped where the files are not beside the repository)',
    async () => {
      const folder = folderWith();
      await fetchDataset('fashion-mnist', { folder, mirror: fashion });
      expect(await openDataset('fashion-mnist', { folder, split: 'test' })).toMatchObject({ size: 10_000 });
    },
  );

  it.skipIf(fashion === undefined)(
    'refuses the files of Fashion-MNIST as those of MNIST (skipped where the files are not beside the repository)',
    async () => {
      await expect(fetchDataset('mnist', { folder: folderWith(), mirror: fashion })).rejects.toThrow(
        'expected 9912422 bytes, got 26421880',
      );
    },
  );
});
