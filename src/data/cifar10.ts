import { basename, join, resolve } from 'node:path';
import { oneOf, wholeNumber } from '../base/index.ts';
import type { Dataset } from './dataset.ts';
import { DataError, DataMissingError } from './errors.ts';
import { findFile } from './find-file.ts';
import { heldImages } from './held-images.ts';
import { readBytes } from './read-bytes.ts';

const classes = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;
const side = 32;
const plane = side * side;
const recordBytes = 1 + 3 * plane;
const files = {
  train: [1, 2, 3, 4, 5].map((part) => `data_batch_${part}.bin`),
  test: ['test_batch.bin'],
} as const;

/** The part of the images, and the name of the dataset. */
export interface Cifar10Options {
  /**
   * `train` (the default): the 50,000 of `data_batch_1.bin` to `data_batch_5.bin`; `test`: the
   * 10,000 of `test_batch.bin`.
   */
  readonly split?: 'train' | 'test';
  /** At most this many images: the first ones. */
  readonly limit?: number;
  /** `cifar10:` and the name of the folder without it. */
  readonly name?: string;
}

/**
 * CIFAR-10, binary version (https://www.cs.toronto.edu/~kriz/cifar.html): a folder with the `.bin`
 * files, or with the folder `cifar-10-batches-bin` that the archive holds. Shape [32, 32, 3], ten
 * classes.
 * @throws DataMissingError when a file is missing, DataError for one of another format
 */
export async function cifar10(folder: string, options: Cifar10Options = {}): Promise<Dataset> {
  const {
    split = 'train',
    limit = Number.MAX_SAFE_INTEGER,
    name = `cifar10:${basename(resolve(folder))}`,
  } = options;
  oneOf('split', split, ['train', 'test']);
  wholeNumber('limit', limit, 1);
  const pixels: Uint8Array[] = [];
  const labels: number[] = [];
  for (const part of files[split]) {
    if (labels.length >= limit) break;
    const file =
      (await findFile(folder, [part])) ?? (await findFile(join(folder, 'cifar-10-batches-bin'), [part]));
    if (file === undefined) throw new DataMissingError(folder, part);
    const records = checkRecords(file, await readBytes(file));
    const count = Math.min(records.length / recordBytes, limit - labels.length);
    pixels.push(interleave(records, count));
    for (let i = 0; i < count; i++) labels.push(records[i * recordBytes]!);
  }
  return heldImages({
    name,
    shape: [side, side, 3],
    pixels: Buffer.concat(pixels),
    labels: Int32Array.from(labels),
    classes,
  });
}

function checkRecords(file: string, bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % recordBytes;
  if (bytes.length === 0 || rest !== 0) {
    const rule = `expected records of ${recordBytes} bytes (a label and 32 x 32 x 3 pixels), got ${rest} bytes at the end`;
    throw new DataError(file, bytes.length - rest, rule);
  }
  for (let at = 0; at < bytes.length; at += recordBytes)
    if (bytes[at]! >= classes.length)
      throw new DataError(file, at, `expected a label from 0 to ${classes.length - 1}, got ${bytes[at]}`);
  return bytes;
}

/** Records hold a red, a green and a blue plane; images here are pixel by pixel. */
function interleave(records: Uint8Array, count: number): Uint8Array {
  const pixels = new Uint8Array(count * 3 * plane);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const red = i * recordBytes + 1;
    for (let j = red; j < red + plane; j++) {
      pixels[at++] = records[j]!;
      pixels[at++] = records[j + plane]!;
      pixels[at++] = records[j + 2 * plane]!;
    }
  }
  return pixels;
}
