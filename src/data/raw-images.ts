import { basename } from 'node:path';
import { wholeNumber } from '../base/index.ts';
import { byteLabels } from './byte-labels.ts';
import { type ByteStore, fileBytes, mostHeld, sampledFingerprint } from './byte-store.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { heldFingerprint } from './fingerprint.ts';
import { heldImages } from './held-images.ts';
import { readBytes } from './read-bytes.ts';
import { storedRows } from './stored-rows.ts';

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
  /** Bytes up to which the file is held in memory. @default 256 MiB */
  readonly mostHeld?: number;
}

/**
 * A file of bytes without a header, one image after the other, NHWC, gzipped or not. One of more
 * than 256 MiB that is not gzipped stays on the disk, and images are read as they are needed.
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
  const store = await fileBytes(file);
  const held = store.length <= (options.mostHeld ?? mostHeld) || isGzipped(store);
  const bytes = held ? await readBytes(file) : undefined;
  const length = bytes?.length ?? store.length;
  const rest = length % bytesEach;
  if (length === 0 || rest !== 0) {
    const rule = `expected images of ${height} x ${width} x ${channels} = ${bytesEach} bytes, got ${rest} bytes at the end`;
    throw new DataError(file, length - rest, rule);
  }
  const count = length / bytesEach;
  const labelled =
    options.labels === undefined
      ? undefined
      : byteLabels(options.labels, await readBytes(options.labels), {
          offset: 0,
          count,
          classes: options.classes,
        });
  const shape = [height, width, channels] as const;
  if (bytes !== undefined) return heldImages({ name, shape, pixels: bytes, limit, ...labelled });
  const size = Math.min(count, limit);
  const labels = labelled?.labels.subarray(0, size);
  const form = { shape, size, labels: labels && heldFingerprint({}, Uint8Array.from(labels)) };
  const fingerprint = sampledFingerprint(form, store);
  return storedRows({
    name,
    file,
    kind: 'images',
    shape,
    descr: '|u1',
    store,
    start: 0,
    size,
    checked: false,
    ...labelled,
    fingerprint,
  });
}

function isGzipped(store: ByteStore): boolean {
  const start = new Uint8Array(2);
  if (store.length >= 2) store.open((readAt) => readAt(0, start));
  return start[0] === 0x1f && start[1] === 0x8b;
}
