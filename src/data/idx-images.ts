import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { oneOf, wholeNumber } from '../base/index.ts';
import { byteLabels } from './byte-labels.ts';
import type { Dataset } from './dataset.ts';
import { DataMissingError } from './errors.ts';
import { findFile } from './find-file.ts';
import { heldImages } from './held-images.ts';
import { parseIdx } from './idx.ts';
import { padImages } from './pad-images.ts';
import { readBytes } from './read-bytes.ts';

/** The part of the images, and the name of the dataset. */
export interface IdxOptions {
  /**
   * Which files of a folder: `train-...` (the default) or `t10k-...`. Not used where a file is
   * given.
   */
  readonly split?: 'train' | 'test';
  /** At most this many images: the first ones. */
  readonly limit?: number;
  /** The names of the classes by label; `0`, `1`, ... without it. */
  readonly classes?: readonly string[];
  /**
   * Side of square images to make of them: framed with black and, where that is less, averaged
   * down.
   */
  readonly side?: number;
  /** `idx:` and the name of the folder or file without it. */
  readonly name?: string;
}

/**
 * Images of the MNIST family: a folder with `train-images-idx3-ubyte` and, for labels,
 * `train-labels-idx1-ubyte` (or `t10k-...`; also written `.idx3-ubyte`, also gzipped as `.gz`), or
 * one such file of images, whose labels are looked for beside it. Shape [height, width, 1].
 * @throws DataMissingError when there are no images, DataError for a file of another format
 */
export async function idxImages(path: string, options: IdxOptions = {}): Promise<Dataset> {
  const { split = 'train', limit, side } = options;
  const { name = `idx:${basename(resolve(path))}${side === undefined ? '' : `,${side}`}` } = options;
  if (side !== undefined) wholeNumber('side', side, 1, 1024);
  oneOf('split', split, ['train', 'test']);
  if (limit !== undefined) wholeNumber('limit', limit, 1);
  const imagesFile = await findImages(path, split);
  const { dimensions, data } = parseIdx(imagesFile, await readBytes(imagesFile), 3);
  const [count, height, width] = dimensions as [number, number, number];
  const labelled = await readLabels(imagesFile, count, options.classes);
  const own = [height, width, 1] as const;
  const images =
    side === undefined
      ? { shape: own, pixels: data }
      : { shape: [side, side, 1] as const, pixels: padImages(data, own, side) };
  return heldImages({ name, limit, ...images, ...labelled });
}

async function findImages(path: string, split: 'train' | 'test'): Promise<string> {
  const prefix = split === 'train' ? 'train' : 't10k';
  const names = [`${prefix}-images-idx3-ubyte`, `${prefix}-images.idx3-ubyte`];
  if (await isFile(path)) return path;
  const found = await findFile(path, names);
  if (found === undefined) throw new DataMissingError(path, `${names.join(' or ')} (with or without .gz)`);
  return found;
}

async function readLabels(imagesFile: string, count: number, classes: readonly string[] | undefined) {
  const images = basename(imagesFile).replace(/\.gz$/, '');
  const labels = images.replace('images', 'labels').replace('idx3', 'idx1');
  if (labels === images) return undefined;
  const spellings = [labels, labels.replace('.idx1', '-idx1'), labels.replace('-idx1', '.idx1')];
  const file = await findFile(dirname(imagesFile), spellings);
  if (file === undefined) return undefined;
  const { data } = parseIdx(file, await readBytes(file), 1);
  return byteLabels(file, data, { offset: 8, count, classes });
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
