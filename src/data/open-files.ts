import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warn } from '../base/index.ts';
import { given, show } from '../base/index.ts';
import { cifar10 } from './cifar10.ts';
import { csvTable } from './csv-table.ts';
import type { Dataset } from './dataset.ts';
import { NoTestPartError } from './errors.ts';
import { expandHome } from './expand-home.ts';
import { idxImages } from './idx-images.ts';
import { type ImageFolderOptions, imageFolder } from './image-folder.ts';
import { npyArray, npzArray } from './npy-array.ts';
import { pairedFolders } from './paired-folders.ts';
import { rawImages } from './raw-images.ts';
import { shards } from './shards.ts';

/** What the openers of held data take on. */
export interface HeldOptions {
  readonly split: 'train' | 'test';
  /** Side of square images to make of those of the MNIST family. */
  readonly side?: number;
  readonly limit?: number;
  /** The folder of the fetched datasets, where indexes of shards are kept too. */
  readonly folder?: string;
  readonly warn?: Warn;
}

/** Opens the data of files: what a spec has behind its colon, and the options of its format. */
type FileOpener = (rest: string, options: HeldOptions, own: ReadonlyMap<string, string>) => Promise<Dataset>;

/** The kinds of files, by what stands before the colon of a spec. */
export const fileOpeners: ReadonlyMap<string, FileOpener> = new Map([
  ['idx', openIdx],
  ['cifar10', (folder: string, options: HeldOptions) => cifar10(expandHome(folder), options)],
  ['folder', openFolder],
  ['raw', openRaw],
  ['csv', openCsv],
  ['npy', openNpy],
  ['npz', openNpz],
  ['pairs', openPairs],
  ['shards', openShards],
]);

/** `DIR`, `FILE`, or one of them with a comma and a side. */
async function openIdx(rest: string, options: HeldOptions): Promise<Dataset> {
  const path = expandHome(rest);
  const [, folder, side] = /^(.+),(\d+)$/.exec(path) ?? [];
  if (folder === undefined || (await isThere(path))) return idxImages(path, options);
  return idxImages(folder, { ...options, side: Number(side) });
}

async function openFolder(rest: string, options: HeldOptions): Promise<Dataset> {
  refuseTest(`folder:${rest}`, options);
  const { folder, size } = await folderAndSize(rest);
  return imageFolder(folder, { ...options, ...size });
}

async function openPairs(rest: string, options: HeldOptions): Promise<Dataset> {
  refuseTest(`pairs:${rest}`, options);
  const { folder, size } = await folderAndSize(rest);
  return pairedFolders(folder, { ...options, ...size });
}

/** What `DIR`, `DIR,N` or `DIR,HxW` says. */
async function folderAndSize(
  rest: string,
): Promise<{ readonly folder: string; readonly size?: Pick<ImageFolderOptions, 'size'> }> {
  const path = expandHome(rest);
  const [, folder, height, width = height] = /^(.+),(\d+)(?:x(\d+))?$/.exec(path) ?? [];
  // A folder may have a comma and a number in its own name, such as `Rome, 2024`.
  if (folder === undefined || (await isThere(path))) return { folder: path };
  return { folder, size: { size: { height: Number(height), width: Number(width) } } };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function openRaw(rest: string, options: HeldOptions): Promise<Dataset> {
  refuseTest(`raw:${rest}`, options);
  const parts = /^(.+?),(\d+)x(\d+)x(\d+)(?:,(.+))?$/.exec(rest);
  if (parts === null)
    throw new RangeError(
      `data: expected raw:FILE,HxWxC or raw:FILE,HxWxC,LABELS, got ${show(`raw:${rest}`)}`,
    );
  const [, file, height, width, channels, labels] = parts;
  const form = { height: Number(height), width: Number(width), channels: Number(channels) };
  return rawImages(expandHome(file!), {
    ...options,
    ...form,
    ...(labels !== undefined && { labels: expandHome(labels) }),
  });
}

async function openShards(rest: string, options: HeldOptions): Promise<Dataset> {
  refuseTest(`shards:${rest}`, options);
  const path = expandHome(rest);
  const cache = options.folder && join(options.folder, 'shards');
  const own = given({ limit: options.limit, cache });
  const [, folder, height, width = height, channels = '3'] =
    /^(.+),(\d+)(?:x(\d+)(?:x(\d+))?)?$/.exec(path) ?? [];
  if (folder === undefined || (await isThere(path))) return shards(path, own);
  const size = { height: Number(height), width: Number(width) };
  return shards(folder, { ...own, size, channels: Number(channels) as 1 | 3 });
}

async function openCsv(
  rest: string,
  options: HeldOptions,
  own: ReadonlyMap<string, string>,
): Promise<Dataset> {
  refuseTest(`csv:${rest}`, options);
  const columns = own.get('columns')?.split(':');
  return csvTable(expandHome(rest), {
    ...given({ limit: options.limit, label: own.get('label'), columns }),
  });
}

async function openNpy(
  rest: string,
  options: HeldOptions,
  own: ReadonlyMap<string, string>,
): Promise<Dataset> {
  refuseTest(`npy:${rest}`, options);
  const labels = own.get('labels');
  return npyArray(expandHome(rest), {
    ...given({ limit: options.limit, labels: labels && expandHome(labels) }),
  });
}

async function openNpz(
  rest: string,
  options: HeldOptions,
  own: ReadonlyMap<string, string>,
): Promise<Dataset> {
  refuseTest(`npz:${rest}`, options);
  return npzArray(expandHome(rest), {
    ...given({ limit: options.limit, labels: own.get('labels'), array: own.get('array') }),
  });
}

/** Refuses the test part of data that has none. @throws NoTestPartError */
export function refuseTest(spec: string, { split }: Pick<HeldOptions, 'split'>): void {
  if (split === 'test') throw new NoTestPartError(spec);
}
