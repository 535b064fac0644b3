import { tarMembers } from './tar-members.ts';

/** A regular file in a tar archive. `data` is a view of the archive. */
export interface TarEntry {
  /** With the folders that the archive puts it in; do not use it as a path without a look at it. */
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * The regular files of an uncompressed tar archive in memory, in order.
 * @throws DataError naming `file`, the offset and the rule
 */
export function* untar(file: string, bytes: Uint8Array): Generator<TarEntry> {
  const readAt = (start: number, into: Uint8Array) => into.set(bytes.subarray(start, start + into.length));
  for (const { name, start, size } of tarMembers(file, bytes.length, readAt))
    yield { name, data: bytes.subarray(start, start + size) };
}
