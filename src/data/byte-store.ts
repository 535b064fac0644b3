import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { withCleanupSync } from '../base/index.ts';
import { DataError } from './errors.ts';
import { statFile, unreadable } from './stat-file.ts';

/** Fills `into` with the bytes from `start` on. @throws DataError where they cannot be read */
export type ReadAt = (start: number, into: Uint8Array) => void;

/** Bytes that are read by their position. */
export interface ByteStore {
  readonly length: number;
  /** Calls `use` with a reader, which is good until it returns. */
  open<Result>(use: (readAt: ReadAt) => Result): Result;
}

/** Files of more bytes are not held in memory: 256 MiB. */
export const mostHeld = 2 ** 28;

/** Bytes in memory. */
export function heldBytes(bytes: Uint8Array): ByteStore {
  return {
    length: bytes.length,
    open: (use) => use((start, into) => into.set(bytes.subarray(start, start + into.length))),
  };
}

/**
 * Bytes that stay in a file, which is opened for as long as a batch is read. Nothing is cached but
 * what the operating system caches.
 * @throws DataMissingError without a file, DataError where it cannot be read or, later, has changed
 */
export async function fileBytes(file: string): Promise<ByteStore> {
  const first = await statFile(file);
  return { length: first.size, open: (use) => openFile(file, first, use) };
}

/** Opens a file that must be as it was. */
export function openFile<Result>(
  file: string,
  { size, mtimeMs }: Pick<Stats, 'size' | 'mtimeMs'>,
  use: (readAt: ReadAt) => Result,
): Result {
  const descriptor = attempt(file, () => openSync(file, 'r'));
  return withCleanupSync(
    () => {
      const now = fstatSync(descriptor);
      if (now.size !== size || now.mtimeMs !== mtimeMs)
        throw new DataError(
          file,
          undefined,
          `expected a file that stays as it was when it was opened (${size} bytes), and it has changed (${now.size} bytes)`,
        );
      return use((start, into) => {
        for (let done = 0; done < into.length; ) {
          const count = attempt(file, () =>
            readSync(descriptor, into, done, into.length - done, start + done),
          );
          if (count === 0)
            throw new DataError(
              file,
              start + done,
              `expected ${into.length - done} bytes, and the file ends`,
            );
          done += count;
        }
      });
    },
    () => closeSync(descriptor),
  );
}

function attempt<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const blocks = 1024;
const blockBytes = 16_384;

/**
 * The fingerprint of bytes that are too many to read all: SHA-256 over their form and number and
 * 1,024 blocks of 16 KiB at equal distances, the first and the last ones among them. A change
 * between the blocks is not seen.
 */
export function sampledFingerprint(form: unknown, store: ByteStore): string {
  const hash = createHash('sha256').update(JSON.stringify([form, store.length]));
  const last = Math.max(0, store.length - blockBytes);
  store.open((readAt) => {
    for (let i = 0; i < blocks; i++) {
      const start = Math.floor((i * last) / (blocks - 1));
      const block = new Uint8Array(Math.min(blockBytes, store.length - start));
      readAt(start, block);
      hash.update(block);
    }
  });
  return `sampled-sha256:${hash.digest('hex')}`;
}
