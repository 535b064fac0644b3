import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cifar10, openDataset, type ShapeScene, type Shapes } from '../../src/data/index.ts';
import { idxFile } from './idx-file.ts';
import { pngFile } from './png-file.ts';
import { folderWith } from './temporary.ts';

const images = idxFile([3, 2, 2], new Array(12).fill(9));
const labels = idxFile([3], [1, 0, 4]);
const idx = { 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels };

describe('openDataset', () => {
  it.each([
    ['ring8', [2]],
    ['grid25', [2]],
    ['swiss-roll', [2]],
    ['gaussian', [2]],
    ['shapes', [32, 32, 3]],
    ['shapes:16', [16, 16, 3]],
    ['shapes:32', [32, 32, 3]],
    ['shapes:64', [64, 64, 3]],
  ])('makes %s with the seed', async (spec, shape) => {
    const dataset = await openDataset(spec, { seed: 5 });
    expect(dataset).toMatchObject({ name: spec.replace(':32', ''), size: Infinity, shape });
    expect(dataset.fingerprint).toContain('seed=5');
    expect((await openDataset(spec)).fingerprint).toContain('seed=0');
  });

  it('keeps some pairs of shape and colour for the test split of shapes', async () => {
    const seen = await openDataset('shapes:16,held-out', { seed: 5 });
    const unseen = await openDataset('shapes:16,held-out', { seed: 5, split: 'test' });
    expect([seen, unseen]).toMatchObject([
      { name: 'shapes:16,held-out', shape: [16, 16, 3] },
      { name: seen.name },
    ]);
    const pair = ({ attributes }: ShapeScene) => (attributes.shape + attributes.colour) % 8;
    expect((seen as Shapes).scenes([1, 2, 3, 4]).map(pair)).not.toContain(0);
    expect((unseen as Shapes).scenes([1, 2, 3, 4]).map(pair)).toEqual([0, 0, 0, 0]);
  });

  it('opens fetched data in the data folder, with the names of its classes', async () => {
    const files = Object.entries(idx).flatMap(([name, bytes]) => [
      [`mnist/${name}`, bytes],
      [`fashion-mnist/${name}`, bytes],
    ]);
    const record = new Uint8Array(3073);
    const folder = folderWith({ ...Object.fromEntries(files), 'cifar10/test_batch.bin': record });
    expect(await openDataset('mnist', { folder })).toMatchObject({ name: 'mnist', size: 3 });
    const garments = await openDataset('fashion-mnist', { folder, limit: 2 });
    expect(garments).toMatchObject({ name: 'fashion-mnist', size: 2 });
    expect(garments.classes?.at(-1)).toBe('Ankle boot');
    const photographs = await openDataset('cifar10', { folder, split: 'test' });
    expect(photographs).toMatchObject({ name: 'cifar10', size: 1, shape: [32, 32, 3] });
  });

  it('opens files in the formats it knows', async () => {
    const folder = folderWith({
      ...idx,
      'test_batch.bin': new Uint8Array(3073),
      'pictures/a.png': pngFile({ width: 6, height: 4, type: 0 }, new Array(24).fill(3)),
      'bytes, all': new Uint8Array(24),
      labels: Uint8Array.of(1, 2),
    });
    const padded = await openDataset(`idx:${folder},8`);
    expect([padded.shape, padded.name.slice(-2)]).toEqual([[8, 8, 1], ',8']);
    expect((await openDataset(`idx:${folder}`)).size).toBe(3);
    expect((await openDataset(`idx:${join(folder, 'train-images-idx3-ubyte')}`, { limit: 1 })).size).toBe(1);
    expect((await openDataset(`cifar10:${folder}`, { split: 'test' })).fingerprint).toBe(
      (await cifar10(folder, { split: 'test' })).fingerprint,
    );
    expect((await openDataset(`folder:${join(folder, 'pictures')}`)).shape).toEqual([4, 6, 1]);
    expect((await openDataset(`folder:${join(folder, 'pictures')},3`)).shape).toEqual([3, 3, 1]);
    const raw = `raw:${join(folder, 'bytes, all')},2x2x3`;
    expect(await openDataset(raw)).toMatchObject({ size: 2, shape: [2, 2, 3] });
    expect((await openDataset(`${raw},${join(folder, 'labels')}`)).classes).toEqual(['0', '1', '2']);
  });

  it('takes a number behind a comma for the size only where no folder has that name', async () => {
    const picture = pngFile({ width: 6, height: 4, type: 0 }, new Array(24).fill(3));
    const folder = folderWith({
      'Rome, 2024/a.png': picture,
      'Rome/a.png': picture,
      'Oslo,1x2/a.png': picture,
    });
    const shapeOf = async (name: string) => (await openDataset(`folder:${join(folder, name)}`)).shape;
    expect(await shapeOf('Rome, 2024')).toEqual([4, 6, 1]);
    expect(await shapeOf('Rome, 2024,2')).toEqual([2, 2, 1]);
    expect(await shapeOf('Rome,2')).toEqual([2, 2, 1]);
    expect(await shapeOf('Rome,2x3')).toEqual([2, 3, 1]);
    expect(await shapeOf('Oslo,1x2')).toEqual([4, 6, 1]);
    expect(await shapeOf('Oslo,1x2,1x3')).toEqual([1, 3, 1]);
    await expect(shapeOf('Rome,')).rejects.toThrow(`${join(folder, 'Rome,')}: found no such folder`);
    await expect(shapeOf('Rome,0')).rejects.toThrow('size: expected a whole number from 1, got 0');
  });

  it('takes ~/ in every path for the home directory', async () => {
    const home = folderWith({
      ...idx,
      'test_batch.bin': new Uint8Array(3073),
      'pictures/a.png': pngFile({ width: 1, height: 1, type: 0 }, [3]),
      bytes: new Uint8Array(2),
      labels: Uint8Array.of(1, 2),
    });
    vi.stubEnv('HOME', home);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await openDataset('folder:~/pictures')).size).toBe(1);
    expect((await openDataset('folder:~/pictures,2')).shape).toEqual([2, 2, 1]);
    expect((await openDataset('idx:~')).size).toBe(3);
    expect((await openDataset('cifar10:~/', { split: 'test' })).size).toBe(1);
    expect((await openDataset('raw:~/bytes,1x1x1,~/labels')).classes).toEqual(['0', '1', '2']);
  });

  it('warns of files of a folder that are skipped', async () => {
    const told: string[] = [];
    const folder = folderWith({ 'a.png': pngFile({ width: 1, height: 1, type: 0 }, [3]), 'b.gif': '' });
    await openDataset(`folder:${folder}`, { warn: (text) => told.push(text) });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('.gif files: 1 (b.gif)');
  });

  it('says how to fetch a missing public dataset', async () => {
    const folder = folderWith();
    await expect(openDataset('mnist', { folder })).rejects.toThrow(
      `${join(folder, 'mnist')}: found no train-images-idx3-ubyte or train-images.idx3-ubyte (with or without .gz); \`weir data fetch mnist\` gets it`,
    );
    await expect(openDataset('cifar10', { folder })).rejects.toThrow(
      'found no data_batch_1.bin; `weir data fetch cifar10` gets it',
    );
  });

  it.each([
    ['rign8', 'did you mean ring8?'],
    ['ring8:3', 'did you mean ring8?'],
    ['shapes:33', 'did you mean shapes?'],
    ['fashion_mnist', 'did you mean fashion-mnist?'],
    ['idx', 'did you mean idx:DIR?'],
    ['idx:', 'did you mean idx:DIR?'],
    ['floder:x', 'did you mean folder:DIR?'],
  ])('refuses %s, listing what there is: %s', async (spec, suggestion) => {
    await expect(openDataset(spec)).rejects.toThrow(RangeError);
    await expect(openDataset(spec)).rejects.toThrow(`got ${JSON.stringify(spec)}; ${suggestion}`);
    await expect(openDataset(spec)).rejects.toThrow('data: expected one of ring8, grid25, swiss-roll');
  });

  it.each(['', 'imagenet', '__proto__', 'constructor', '../pictures'])(
    'refuses %o without a guess',
    async (spec) => {
      await expect(openDataset(spec)).rejects.toThrow(/got "[^"]*"$/);
    },
  );

  it('refuses raw files without a form', async () => {
    for (const spec of ['raw:file', 'raw:file,32x32', 'raw:file,axbxc'])
      await expect(openDataset(spec)).rejects.toThrow('expected raw:FILE,HxWxC or raw:FILE,HxWxC,LABELS');
  });

  it('refuses a test split of data that has none, and options out of range', async () => {
    for (const spec of ['ring8', 'folder:x', 'raw:x,1x1x1'])
      await expect(openDataset(spec, { split: 'test' })).rejects.toThrow(
        `split: expected data with a test part, got ${spec}, which has none`,
      );
    await expect(openDataset('ring8', { split: 'dev' as 'test' })).rejects.toThrow(
      'split: expected one of train, test',
    );
    await expect(openDataset('ring8', { seed: -1 })).rejects.toThrow(
      'seed: expected a whole number from 0, got -1',
    );
    await expect(openDataset('ring8', { limit: 0 })).rejects.toThrow(
      'limit: expected a whole number from 1, got 0',
    );
  });
});
