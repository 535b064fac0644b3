import { basename } from 'node:path';
import { wholeNumber } from '../base/index.ts';
import { byteLabels } from './byte-labels.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { heldImages } from './held-images.ts';
import { readBytes } from './read-bytes.ts';

/** The format of the file. */
export interface RawOptions {
  readonly height: number;
  readonly width: number;
  /** From 1 to 4. */
  readonly channels: number;
  /** A file of labels, one byte for each image. */
  readonly labels?: string;
  /** The names of the classes by label; `0`, `1`, ... without it. */
  readonly classes?: readonly string[];
  /** At most this many images: the first ones. */
  readonly limit?: number;
  /** `raw:` and the name of the file without it. */
  readonly name?: string;
}

/**
 * A file of bytes without a header, one image after the other, NHWC, gzipped or not.
 * @throws DataMissingError when a file is missing, DataError when it holds no whole number of
 * images
 */
export async function rawImages(file: string, options: RawOptions): Promise<Dataset> {
  const { name = `raw:${basename(file)}`, limit = Number.MAX_SAFE_INTEGER } = options;
  const height = wholeNumber('height', options.height, 1);
  const width = wholeNumber('width', options.width, 1);
  const channels = wholeNumber('channels', options.channels, 1, 4);
  wholeNumber('limit', limit, 1);
  const bytesEach = height * width * channels;
  const bytes = await readBytes(file);
  const rest = bytes.length % bytesEach;
  if (bytes.length === 0 || rest !== 0) {
    const rule = `expected images of ${height} x ${width} x ${channels} = ${bytesEach} bytes, got ${rest} bytes at the end`;
    throw new DataError(file, bytes.length - rest, rule);
  }
  const count = bytes.length / bytesEach;
  const labelled =
    options.labels !== undefined &&
    byteLabels(options.labels, await readBytes(options.labels), {
      offset: 0,
      count,
      classes: options.classes,
    });
  return heldImages({ name, shape: [height, width, channels], pixels: bytes, limit, ...labelled });
}
