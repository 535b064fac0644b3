import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { oneOf, systemCode, WeirError } from '../base/index.ts';
import { dataFolder } from './data-folder.ts';
import { check, type DownloadOptions, download } from './download.ts';
import { DataError, DownloadError } from './errors.ts';
import { readBytes } from './read-bytes.ts';
import { type DataSource, sources } from './sources.ts';
import { untar } from './untar.ts';

/** The names that `fetchDataset` takes. */
export const fetchable: readonly string[] = sources.map((source) => source.name);

/** Where to get a dataset and where to put it. */
export interface FetchOptions extends DownloadOptions {
  /** The folder of all fetched datasets; `dataFolder()` without it. */
  readonly folder?: string | undefined;
  /**
   * Get the files from here instead of the public mirrors: an http(s) or `file:` address or a
   * folder that holds them.
   */
  readonly mirror?: string | undefined;
}

/**
 * Downloads a public dataset (`mnist`, `fashion-mnist`, `cifar10`), checks it and unpacks it where
 * needed; what is there and right already is left alone. Gives back the folder that holds it.
 * @throws RangeError for another name, DownloadError when a file cannot be had
 */
export async function fetchDataset(name: string, options: FetchOptions = {}): Promise<string> {
  oneOf('name', name, fetchable);
  return fetchSource(sources.find((source) => source.name === name)!, options);
}

/** What `fetchDataset` does, for any source. */
export async function fetchSource(source: DataSource, options: FetchOptions): Promise<string> {
  const folder = join(options.folder ?? dataFolder(), source.name);
  try {
    await mkdir(folder, { recursive: true });
    if (!(await isUnpacked(source, folder))) await fill(source, folder, options);
  } catch (cause) {
    const code = systemCode(cause);
    if (cause instanceof WeirError || code === undefined || options.signal?.aborted) throw cause;
    throw new DownloadError(`${folder}: cannot be filled (${code})`, { cause });
  }
  return folder;
}

async function fill(source: DataSource, folder: string, options: FetchOptions): Promise<void> {
  const mirrors = options.mirror === undefined ? source.mirrors : [options.mirror];
  for (const file of source.files) {
    const problem = await check(file, join(folder, file.name));
    if (problem !== undefined) await download(file, mirrors, folder, options);
    else options.onProgress?.({ file: file.name, bytes: file.bytes, total: file.bytes });
  }
  if (source.unpacked !== undefined) await unpack(source, folder);
}

async function isUnpacked({ unpacked }: DataSource, folder: string): Promise<boolean> {
  if (unpacked === undefined) return false;
  const sizes = await Promise.all(
    unpacked.names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  );
  return sizes.every((size) => size === unpacked.bytes);
}

/** Takes the wanted files out of the archive, by their own names only, and removes it. */
async function unpack({ files, unpacked }: DataSource, folder: string): Promise<void> {
  const archive = join(folder, files[0]!.name);
  const missing = new Set(unpacked!.names);
  for (const { name, data } of untar(archive, await readBytes(archive))) {
    const plain = basename(name);
    if (!missing.delete(plain)) continue;
    await writeFile(join(folder, `${plain}.part`), data);
    await rename(join(folder, `${plain}.part`), join(folder, plain));
  }
  if (missing.size > 0)
    throw new DataError(archive, undefined, `expected ${[...missing].join(', ')} in the archive`);
  await rm(archive);
}
