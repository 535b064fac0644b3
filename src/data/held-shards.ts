import { createHash } from 'node:crypto';
import { openFile, type ReadAt } from './byte-store.ts';
import { DataError, DataMissingError } from './errors.ts';
import type { ShardIndex } from './shard-index.ts';
import { tarName } from './tar-members.ts';

/** The most examples: their index takes 12 bytes each. */
export const mostExamples = 2 ** 25;
/** The most examples with captions, which are held in memory. */
const mostCaptions = 2 ** 20;

/**
 * Shards as one list of examples.
 * @param path of all, for errors
 * @throws DataMissingError for none, DataError for too many, or labels or captions of only some
 */
export function heldShards(path: string, indexes: readonly ShardIndex[]) {
  const starts: number[] = [];
  let size = 0;
  for (const { sizes } of indexes) {
    starts.push(size);
    size += sizes.length;
  }
  if (size === 0)
    throw new DataMissingError(path, 'examples in the shards (names such as 000001.jpg and 000001.cls)');
  if (size > mostExamples)
    throw new DataError(path, undefined, `expected at most ${mostExamples} examples, got ${size}`);
  for (const part of ['labels', 'captions'] as const) {
    const without = indexes.find((index) => index.sizes.length > 0 && index[part] === undefined);
    if (without !== undefined && indexes.some((index) => index[part] !== undefined))
      throw new DataError(
        without.file,
        undefined,
        `expected ${part} in all shards or in none, got none here`,
      );
  }
  const place = (index: number) => {
    let shard = starts.length - 1;
    let low = 0;
    while (low < shard) {
      const middle = (low + shard + 1) >> 1;
      if (starts[middle]! <= index) low = middle;
      else shard = middle - 1;
    }
    return { shard: indexes[low]!, row: index - starts[low]! };
  };
  let highest = -1;
  for (const { labels } of indexes) for (const label of labels ?? []) highest = Math.max(highest, label);
  /** Reads the header before a picture too, which has its name. */
  const contentOf = (index: number, readAt: ReadAt): [file: string, bytes: Uint8Array] => {
    const { shard, row } = place(index);
    const bytes = new Uint8Array(512 + shard.sizes[row]!);
    readAt(512 * (shard.blocks[row]! - 1), bytes);
    return [`${shard.file}: ${tarName(bytes.subarray(0, 512))}`, bytes.subarray(512)];
  };
  return {
    size,
    classes: highest < 0 ? undefined : Array.from({ length: highest + 1 }, (_, label) => String(label)),
    labelOf: (index: number) => {
      const { shard, row } = place(index);
      return shard.labels![row]!;
    },
    fileOf: (index: number) => place(index).shard.file,
    captions(count: number) {
      const all = indexes.flatMap(({ captions }) => captions ?? []).slice(0, count);
      return all.length === count && count <= mostCaptions ? all.map((caption) => [caption]) : undefined;
    },
    open<Result>(index: number, use: (read: () => [string, Uint8Array]) => Result): Result {
      const { shard } = place(index);
      return openFile(shard.file, shard, (readAt) => use(() => contentOf(index, readAt)));
    },
    /** Reads the pictures of each shard together, which is opened once. */
    readAll(indices: readonly number[], use: (place: number, file: string, bytes: Uint8Array) => void): void {
      const byShard = new Map<ShardIndex, number[]>();
      indices.forEach((index, at) => {
        const { shard } = place(index);
        const places = byShard.get(shard) ?? [];
        byShard.set(shard, places);
        places.push(at);
      });
      for (const [shard, places] of byShard)
        openFile(shard.file, shard, (readAt) => {
          for (const at of places) use(at, ...contentOf(indices[at]!, readAt));
        });
    },
    fingerprint: (form: unknown) => shardsFingerprint(form, indexes),
  };
}

const sampleBytes = 4096;

/**
 * SHA-256 over the form, of each shard its size and index, and of all together at least 1,024
 * blocks of 4 KiB at equal distances.
 */
function shardsFingerprint(form: unknown, indexes: readonly ShardIndex[]): string {
  const hash = createHash('sha256').update(JSON.stringify(form));
  const samples = Math.ceil(1024 / indexes.length);
  for (const shard of indexes) {
    const { size, blocks, sizes, labels, captions } = shard;
    hash.update(JSON.stringify([size, captions]));
    for (const numbers of [blocks, sizes, labels])
      if (numbers !== undefined)
        hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    openFile(shard.file, shard, (readAt) => {
      const block = new Uint8Array(Math.min(sampleBytes, size));
      for (let i = 0; i < samples; i++) {
        readAt(Math.floor((i * (size - block.length)) / Math.max(1, samples - 1)), block);
        hash.update(block);
      }
    });
  }
  return `sampled-sha256:${hash.digest('hex')}`;
}
