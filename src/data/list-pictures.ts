import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { systemCode } from '../base/index.ts';
import { DataError, DataMissingError } from './errors.ts';
import { Leftovers } from './leftovers.ts';

/** A file that may hold a picture, by its name. */
export interface PictureFile {
  readonly file: string;
  readonly label: number;
  /** Its place within its class. */
  readonly rank: number;
}

/** The pictures of a folder, sorted by name, and its other files. */
export interface PictureList {
  readonly files: readonly PictureFile[];
  /** The names of the sub-folders with pictures, sorted, where there are such folders. */
  readonly classes?: readonly string[];
  readonly leftovers: Leftovers;
}

/** Files beside the pictures that describe them: `describedFolder` reads these. */
export const sideFiles = [
  'captions.json',
  'captions.csv',
  'embeddings.safetensors',
  'embeddings.npz',
] as const;

const pictureName = /\.(?:png|jpe?g|webp)$/i;
/**
 * What systems and programs put beside people's files: macOS, Synology, Windows, and every name
 * with a leading dot.
 */
const systemName = /^(?:\.|__MACOSX$|@eaDir$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Finds the pictures of a folder or, where its sub-folders have some, of these, each a class. Links
 * are followed.
 * @throws DataMissingError where there are none, DataError where there are some at both levels or a
 * folder cannot be read
 */
export async function listPictures(folder: string): Promise<PictureList> {
  const leftovers = new Leftovers(folder);
  const top = await list(folder, folder, leftovers);
  const files = top.pictures.map((file, rank): PictureFile => ({ file, label: 0, rank }));
  const classes: string[] = [];
  for (const name of top.folders) {
    const inside = await list(folder, join(folder, name), leftovers);
    if (inside.pictures.length === 0) leftovers.add('folders without pictures', join(folder, name));
    for (const nested of inside.folders)
      leftovers.add('folders inside a sub-folder', join(folder, name, nested));
    if (inside.pictures.length === 0) continue;
    files.push(...inside.pictures.map((file, rank) => ({ file, label: classes.length, rank })));
    classes.push(name);
  }
  if (files.length === 0) {
    const found = leftovers.lines().join('; ');
    throw new DataMissingError(
      folder,
      '.png, .jpg, .jpeg or .webp files, there or in its sub-folders',
      found === '' ? undefined : `left out: ${found}`,
    );
  }
  if (classes.length === 0) return { files, leftovers };
  if (top.pictures.length > 0) {
    const rule = `expected pictures in the folder or in its sub-folders, got both (${top.pictures.length} beside the folders)`;
    throw new DataError(folder, undefined, rule);
  }
  return { files, classes, leftovers };
}

/** What one folder holds: paths of pictures and names of folders, sorted. */
async function list(root: string, folder: string, leftovers: Leftovers) {
  const pictures: string[] = [];
  const folders: string[] = [];
  for (const { name, kind } of await entriesOf(root, folder)) {
    const path = join(folder, name);
    if (systemName.test(name)) leftovers.add('hidden or system names', path);
    else if (kind === 'folder') folders.push(name);
    else if (kind !== 'file') leftovers.add(kind, path);
    else if (pictureName.test(name)) pictures.push(path);
    else if (folder === root && sideFiles.some((side) => side === name)) continue;
    else
      leftovers.add(
        extname(name) ? `${extname(name).toLowerCase()} files` : 'files without an extension',
        path,
      );
  }
  return { pictures, folders };
}

async function entriesOf(root: string, folder: string) {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    const sorted = found.sort((a, b) => (a.name < b.name ? -1 : 1));
    return await Promise.all(
      sorted.map(async (entry) => {
        if (entry.isFile()) return { name: entry.name, kind: 'file' };
        if (entry.isDirectory()) return { name: entry.name, kind: 'folder' };
        return { name: entry.name, kind: await kindBehind(root, join(folder, entry.name)) };
      }),
    );
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' && folder === root)
      throw new DataMissingError(folder, 'such folder', undefined, { cause });
    throw new DataError(folder, undefined, `expected a folder that can be read, got ${code}`, { cause });
  }
}

/**
 * What a link leads to. One that leads to the folder that is read, or to one above it, would go
 * round for ever.
 */
async function kindBehind(root: string, path: string): Promise<string> {
  try {
    const target = await stat(path);
    if (target.isFile()) return 'file';
    if (!target.isDirectory()) return 'pipes, sockets and devices';
    const [real, realRoot] = [await realpath(path), await realpath(root)];
    return `${realRoot}${sep}`.startsWith(real === sep ? sep : `${real}${sep}`)
      ? 'links back to the folder or one above it'
      : 'folder';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error)!)) return 'links that lead nowhere';
    throw error;
  }
}
