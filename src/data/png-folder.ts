import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { systemCode, wholeNumber } from '../base/index.ts';
import type { Dataset } from './dataset.ts';
import { decodePng, type Picture } from './decode-png.ts';
import { DataError, DataMissingError } from './errors.ts';
import { heldImages } from './held-images.ts';
import { maxBytes, readBytes } from './read-bytes.ts';
import { squarePicture } from './square-picture.ts';

/** How large, and which of the pictures. */
export interface PngFolderOptions {
  /** Crop every picture to its centred square and scale it to this many pixels a side. Without it all must be of one size. */
  readonly size?: number;
  /** At most this many pictures, taken from the classes in turn. */
  readonly limit?: number;
  /** `folder:` and the name of the folder without it. */
  readonly name?: string;
}

interface Entry {
  readonly file: string;
  readonly label: number;
  /** Its place within its class. */
  readonly rank: number;
}

/**
 * The PNG files of a folder, sorted by name; or, where it has sub-folders with PNG files, those files, each
 * sub-folder being a class. Shape [height, width, 1] when every picture is grey, else [height, width, 3];
 * transparency is laid over white. The pictures are held in memory, one byte a channel, and must stay under 2 GiB at three channels.
 * @throws DataMissingError when there are none, DataError when one cannot be used or all are too much
 */
export async function pngFolder(folder: string, options: PngFolderOptions = {}): Promise<Dataset> {
  const { size, limit, name = `folder:${basename(resolve(folder))}` } = options;
  if (size !== undefined) wholeNumber('size', size, 1);
  if (limit !== undefined) wholeNumber('limit', limit, 1);
  const { entries, classes } = await listPictures(folder);
  const chosen = entries.sort((a, b) => a.rank - b.rank || a.label - b.label).slice(0, limit);
  const pictures = await readPictures(chosen, size);
  const { width, height } = pictures[0]!;
  const channels = pictures.every((picture) => picture.channels === 1) ? 1 : 3;
  return heldImages({
    name,
    shape: [height, width, channels],
    pixels: Buffer.concat(pictures.map((picture) => withChannels(picture, channels))),
    ...(classes && { classes, labels: Int32Array.from(chosen, ({ label }) => label) }),
  });
}

async function listPictures(folder: string): Promise<{ entries: Entry[]; classes?: string[] }> {
  const { pictures, folders } = await list(folder);
  const classes: string[] = [];
  const entries = pictures.map((file, rank): Entry => ({ file, label: 0, rank }));
  for (const subfolder of folders) {
    const inside = (await list(join(folder, subfolder))).pictures;
    if (inside.length === 0) continue;
    entries.push(...inside.map((file, rank): Entry => ({ file, label: classes.length, rank })));
    classes.push(subfolder);
  }
  if (entries.length === 0) throw new DataMissingError(folder, '.png files, there or in its sub-folders');
  if (classes.length === 0) return { entries };
  if (pictures.length > 0)
    throw new DataError(
      folder,
      undefined,
      'expected PNG files in the folder or in its sub-folders, got both',
    );
  return { entries, classes };
}

async function list(folder: string): Promise<{ pictures: string[]; folders: string[] }> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    const names = (wanted: typeof found) => wanted.map((entry) => entry.name).sort();
    return {
      pictures: names(found.filter((entry) => !entry.isDirectory() && /\.png$/i.test(entry.name))).map(
        (name) => join(folder, name),
      ),
      folders: names(found.filter((entry) => entry.isDirectory())),
    };
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT') throw new DataMissingError(folder, 'such folder', undefined, { cause });
    throw new DataError(folder, undefined, `expected a folder that can be read, got ${code}`, { cause });
  }
}

async function readPictures(entries: readonly Entry[], size: number | undefined): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { file } of entries) {
    const decoded = decodePng(file, await readBytes(file));
    const { width, height } = size === undefined ? (pictures[0] ?? decoded) : { width: size, height: size };
    if (size === undefined && (decoded.width !== width || decoded.height !== height)) {
      const rule = `expected ${width} x ${height} pixels as in ${entries[0]!.file}, got ${decoded.width} x ${decoded.height}; a size scales them all`;
      throw new DataError(file, 16, rule);
    }
    // Any later picture may have colour, and then all of them have three channels.
    if (3 * width * height * (pictures.length + 1) > maxBytes) {
      const rule = `expected at most ${maxBytes} bytes for all pictures, and ${pictures.length} of ${width} x ${height} x 3 fill them; a limit takes fewer`;
      throw new DataError(file, undefined, rule);
    }
    pictures.push(size === undefined ? decoded : squarePicture(decoded, size));
  }
  return pictures;
}

function withChannels({ channels, pixels }: Picture, wanted: 1 | 3): Uint8Array {
  if (channels === wanted) return pixels;
  return Uint8Array.from({ length: 3 * pixels.length }, (_, i) => pixels[Math.floor(i / 3)]!);
}
