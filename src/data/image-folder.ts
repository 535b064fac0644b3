import { basename, relative, resolve, sep } from 'node:path';
import type { Warn } from '../base/index.ts';
import { wholeNumber } from '../base/index.ts';
import type { Dataset } from './dataset.ts';
import { decodePicture, inspectPicture } from './decode-picture.ts';
import { describedFolder, type NamedImages } from './described-folder.ts';
import { DataError } from './errors.ts';
import { heldImages } from './held-images.ts';
import { listPictures, type PictureFile } from './list-pictures.ts';
import { type Picture, type PictureForm, withChannels } from './picture.ts';
import { maxBytes, readBytes } from './read-bytes.ts';
import { resizePicture } from './resize-picture.ts';

/** How large, and which of the pictures. */
export interface ImageFolderOptions {
  /**
   * Crop every picture around its centre and scale it to this height and width. Without it all must
   * be of one size.
   */
  readonly size?: { readonly height: number; readonly width: number };
  /** At most this many pictures, taken from the classes in turn. */
  readonly limit?: number;
  /** `folder:` and the name of the folder without it. */
  readonly name?: string;
  /** Called once with the files that are left out; a warning of the Node.js process without it. */
  readonly warn?: Warn;
}

/** A file whose header has been read. */
interface Inspected extends PictureFile {
  readonly form: PictureForm;
}

const namesShown = 5;
/** The most bytes of one file: the most pixels, with four channels of 16 bits. */
const maxFileBytes = 2 ** 29;
const toProcess: Warn = (message) => process.emitWarning(message, 'WeirWarning');

/**
 * The images of `namedImages`. Beside them may lie `captions.json` or `captions.csv`, which
 * make the dataset a `Captioned` one, and `embeddings.safetensors` or `embeddings.npz`, the part
 * `embedding` of a batch.
 * @throws also DataError for captions or embeddings that do not fit the pictures
 */
export async function imageFolder(folder: string, options: ImageFolderOptions = {}): Promise<Dataset> {
  return describedFolder(folder, await namedImages(folder, options));
}

/**
 * The PNG, JPEG and WebP files of a folder, sorted by name; or, where its sub-folders have such
 * files, those, each sub-folder being a class. Shape [height, width, 1] when every picture is grey,
 * else [height, width, 3]; transparency is laid over white. The pictures are held in memory, one
 * byte a channel, and must stay under 2 GiB. `docs/data.md` has the rules.
 * @throws DataMissingError when there are none; DataError naming every file that is broken, or when
 * they differ in size without `size`, or when all are too much
 */
export async function namedImages(folder: string, options: ImageFolderOptions = {}): Promise<NamedImages> {
  const { size, limit, name = `folder:${basename(resolve(folder))}`, warn = toProcess } = options;
  if (size !== undefined) {
    wholeNumber('size', size.height, 1);
    wholeNumber('size', size.width, 1);
  }
  if (limit !== undefined) wholeNumber('limit', limit, 1);
  const { files, classes, leftovers } = await listPictures(folder);
  const left = leftovers.lines();
  if (left.length > 0) {
    const what = classes === undefined ? '' : ` in ${classes.length} classes`;
    warn(
      [`${name}: ${files.length} pictures${what}; left out:`, ...left.map((line) => `  ${line}`)].join('\n'),
    );
  }
  const chosen = files.toSorted((a, b) => a.rank - b.rank || a.label - b.label).slice(0, limit);
  const broken: DataError[] = [];
  const sound = await inspectAll(chosen, broken);
  const { height, width } = size ?? (sound.length > 0 ? oneSize(folder, sound) : { height: 1, width: 1 });
  const channels = sound.every(({ form }) => form.channels === 1) ? 1 : 3;
  checkMemory(folder, [sound.length, height, width, channels]);
  const bytesEach = height * width * channels;
  const pixels = new Uint8Array(sound.length * bytesEach);
  for (const [i, { file }] of sound.entries()) {
    const picture = await decoded(file, broken);
    if (picture !== undefined && broken.length === 0)
      pixels.set(withChannels(resizePicture(picture, height, width), channels), i * bytesEach);
  }
  if (broken.length > 0) throw allBroken(folder, broken, chosen.length);
  const dataset = heldImages({
    name,
    shape: [height, width, channels],
    pixels,
    ...(classes && { classes, labels: Int32Array.from(chosen, ({ label }) => label) }),
  });
  const namesOf = (list: readonly PictureFile[]) =>
    list.map(({ file }) => relative(folder, file).replaceAll(sep, '/'));
  return { dataset, files: namesOf(chosen), allFiles: namesOf(files) };
}

/** The files whose headers are right; the errors of the others go to `broken`. */
async function inspectAll(files: readonly PictureFile[], broken: DataError[]): Promise<Inspected[]> {
  const sound: Inspected[] = [];
  for (const entry of files) {
    const form = await orBroken(broken, async () =>
      inspectPicture(entry.file, await readBytes(entry.file, maxFileBytes)),
    );
    if (form !== undefined) sound.push({ ...entry, form });
  }
  return sound;
}

function decoded(file: string, broken: DataError[]): Promise<Picture | undefined> {
  return orBroken(broken, async () => decodePicture(file, await readBytes(file, maxFileBytes)));
}

async function orBroken<Result>(
  broken: DataError[],
  attempt: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    broken.push(error);
    return undefined;
  }
}

/** The size that all pictures have. */
function oneSize(folder: string, files: readonly Inspected[]): PictureForm {
  const bySize = new Map<string, Inspected[]>();
  for (const entry of files) {
    const name = `${entry.form.height} x ${entry.form.width}`;
    const same = bySize.get(name) ?? [];
    bySize.set(name, same);
    same.push(entry);
  }
  if (bySize.size === 1) return files[0]!.form;
  const sizes = [...bySize].sort(([, a], [, b]) => b.length - a.length);
  const shown = sizes
    .slice(0, namesShown)
    .map(([size, { length, 0: first }]) => `${size} (${length}, such as ${relative(folder, first!.file)})`);
  const more = sizes.length > namesShown ? ` and ${sizes.length - namesShown} other sizes` : '';
  const rule = `expected pictures of one size (height x width), got ${shown.join(', ')}${more}; folder:DIR,N crops and scales all of them to N x N`;
  throw new DataError(folder, undefined, rule);
}

function checkMemory(folder: string, shape: readonly [number, number, number, number]): void {
  const bytes = shape.reduce((product, dimension) => product * dimension, 1);
  if (bytes <= maxBytes) return;
  const rule = `expected pictures that take at most ${maxBytes} bytes in memory, got ${shape.join(' x ')} = ${bytes} bytes; folder:DIR,N makes them smaller`;
  throw new DataError(folder, undefined, rule);
}

function allBroken(folder: string, broken: readonly DataError[], all: number): DataError {
  if (broken.length === 1) return broken[0]!;
  const shown = broken.slice(0, namesShown).map(({ message }) => `\n  ${message}`);
  const more = broken.length > namesShown ? `\n  and ${broken.length - namesShown} more` : '';
  const rule = `${broken.length} of ${all} pictures are broken:${shown.join('')}${more}`;
  return new DataError(folder, undefined, rule, { cause: broken[0] });
}
