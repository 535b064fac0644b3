import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { given, show, systemCode, wholeNumber } from '../base/index.ts';
import { Value } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';
import { decodeLoaded, loadDecoders } from './decode-picture.ts';
import { DataError, DataMissingError } from './errors.ts';
import { heldShards, mostExamples } from './held-shards.ts';
import { checkIndices } from './indices.ts';
import { withChannels } from './picture.ts';
import { resizePicture } from './resize-picture.ts';
import { type ShardIndex, shardIndex } from './shard-index.ts';
import { shardOrder } from './shard-order.ts';
import { unreadable } from './stat-file.ts';
import { withCaptions } from './with-captions.ts';

/** How the pictures of shards are read. */
export interface ShardsOptions {
  /**
   * Crop every picture around its centre and scale it to this height and width. Without it all must
   * have the size of the first.
   */
  readonly size?: { readonly height: number; readonly width: number };
  /** 1 for grey pictures only. @default 3 */
  readonly channels?: 1 | 3;
  /** At most this many examples: the first ones. */
  readonly limit?: number;
  /** `shards:` and the last part of the path without it. */
  readonly name?: string;
  /** The folder that keeps the indexes of shards. @default none is kept */
  readonly cache?: string;
}

/**
 * The pictures of tar archives in the layout of WebDataset: files whose names are equal up to the
 * first dot, one after the other, are an example: a picture (png, jpg, jpeg, webp), its class
 * (`cls`, or `label` in `json`) and a text (`txt`, or `caption` in `json`). Pictures stay in the
 * archives and are decoded as they are read, by an index of their places.
 * @param path a folder of `.tar` files, one such file, or names with a range: `a-{000..099}.tar`
 * @throws DataMissingError where there are none, DataError for a shard that is broken, cut short or
 * without an example, with the offset and the rule
 */
export async function shards(path: string, options: ShardsOptions = {}): Promise<Dataset> {
  const { name = `shards:${basename(resolve(path))}`, channels = 3, cache } = options;
  const limit = wholeNumber('limit', options.limit ?? mostExamples, 1);
  if (channels !== 1 && channels !== 3)
    throw new RangeError(`channels: expected 1 or 3, got ${show(channels)}`);
  if (options.size !== undefined) {
    wholeNumber('size', options.size.height, 1);
    wholeNumber('size', options.size.width, 1);
  }
  const indexes: ShardIndex[] = [];
  for (const file of await shardFiles(path)) indexes.push(await shardIndex(file, cache));
  await loadDecoders();
  const held = heldShards(path, indexes);
  const { height, width } = options.size ?? decodeLoaded(...held.open(0, (read) => read()));
  const shape = [height, width, channels] as const;
  const size = Math.min(limit, held.size);

  function pictureOf(file: string, bytes: Uint8Array): Uint8Array {
    const picture = decodeLoaded(file, bytes);
    if (options.size === undefined && (picture.height !== height || picture.width !== width)) {
      const rule = `expected a picture of ${height} x ${width} as the first one, got ${picture.height} x ${picture.width}; shards:PATH,N crops and scales all of them to N x N`;
      throw new DataError(file, undefined, rule);
    }
    if (picture.channels > channels)
      throw new DataError(file, undefined, 'expected a grey picture, got one with colours');
    return withChannels(resizePicture(picture, height, width), channels);
  }

  const dataset: Dataset = {
    name,
    kind: 'images',
    size,
    shape,
    ...given({ classes: held.classes }),
    fingerprint: held.fingerprint({ shape, size, sized: options.size !== undefined }),
    order: shardOrder(indexes.map(({ sizes }) => sizes.length)),
    ...(held.classes && { labelOf: held.labelOf }),
    fileOf: held.fileOf,
    read(indices) {
      const chosen = Array.from(checkIndices(name, indices, size));
      const each = height * width * channels;
      const data = new Float32Array(chosen.length * each);
      held.readAll(chosen, (place, file, bytes) => {
        const pixels = pictureOf(file, bytes);
        for (let i = 0; i < each; i++) data[place * each + i] = pixels[i]! / 127.5 - 1;
      });
      return {
        examples: new Value('float32', [chosen.length, ...shape], data),
        ...(held.classes && {
          labels: new Value('int32', [chosen.length], Int32Array.from(chosen, held.labelOf)),
        }),
      };
    },
  };
  const captions = held.captions(size);
  return captions === undefined ? dataset : withCaptions(dataset, captions);
}

/** The shards that a path means, sorted. */
async function shardFiles(path: string): Promise<string[]> {
  const [, before, first, last, after] = /^(.*)\{(\d+)\.\.(\d+)\}(.*)$/s.exec(path) ?? [];
  if (before !== undefined && first !== undefined && last !== undefined) {
    const count = wholeNumber('shards', Number(last) - Number(first) + 1, 1, 100_000);
    return Array.from({ length: count }, (_, i) => {
      const number = String(Number(first) + i).padStart(first.length, '0');
      return `${before}${number}${after}`;
    });
  }
  let packed: string | undefined;
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const all = await readdir(path);
    const names = all.filter((name) => name.endsWith('.tar') && !name.startsWith('.')).sort();
    if (names.length > 0) return names.map((name) => join(path, name));
    packed = all.find((name) => /\.(?:tar\.gz|tgz)$/.test(name));
  } catch (cause) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '')) throw unreadable(path, cause);
    throw new DataMissingError(path, 'such folder or shard', undefined, { cause });
  }
  throw new DataMissingError(path, '.tar files', packed && `${packed} has to be unpacked by gunzip first`);
}
