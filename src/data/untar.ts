import { DataError } from './errors.ts';

const block = 512;

/** A regular file in a tar archive. `data` is a view of the archive. */
export interface TarEntry {
  /** With the folders that the archive puts it in; do not use it as a path without a look at it. */
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * The regular files of an uncompressed tar archive (POSIX ustar without its long names), in order.
 * @throws DataError naming `file`, the offset and the rule
 */
export function* untar(file: string, bytes: Uint8Array): Generator<TarEntry> {
  let at = 0;
  while (at + block <= bytes.length) {
    const header = bytes.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return;
    const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
    if (octal(header, 148, 8) !== sum)
      throw new DataError(file, at, 'expected a tar header with the right checksum');
    const size = octal(header, 124, 12);
    const start = at + block;
    if (!(size >= 0 && start + size <= bytes.length))
      throw new DataError(
        file,
        start,
        `expected ${size} bytes, and the archive has ${bytes.length - start} more`,
      );
    const type = header[156];
    if (type === 0 || type === 0x30)
      yield { name: text(header, 0, 100), data: bytes.subarray(start, start + size) };
    at = start + Math.ceil(size / block) * block;
  }
  throw new DataError(file, at, 'expected the empty block that ends a tar archive');
}

function text(header: Uint8Array, start: number, length: number): string {
  return Buffer.from(header.subarray(start, start + length))
    .toString('latin1')
    .replace(/\0.*$/s, '');
}

/** The octal number of a field; NaN where there is none. */
function octal(header: Uint8Array, start: number, length: number): number {
  return Number.parseInt(text(header, start, length).trim(), 8);
}
