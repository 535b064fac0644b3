import type { ReadAt } from './byte-store.ts';
import { DataError } from './errors.ts';

const block = 512;
/** The most bytes of a name, or of a header of further fields. */
const mostExtra = 2 ** 20;

/** A regular file in a tar archive. */
export interface TarMember {
  /** With the folders that the archive puts it in; do not use it as a path without a look at it. */
  readonly name: string;
  /** Where its content begins, and how many bytes it has. */
  readonly start: number;
  readonly size: number;
}

/**
 * The regular files of an uncompressed tar archive, in order: POSIX ustar with the names and sizes
 * of pax headers (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html) and the long
 * names of GNU tar. Only headers are read.
 * @param length bytes of the archive
 * @throws DataError naming `file`, the offset and the rule
 */
export function* tarMembers(file: string, length: number, readAt: ReadAt): Generator<TarMember> {
  const header = new Uint8Array(block);
  let next: Partial<TarMember> = {};
  let at = 0;
  while (at + block <= length) {
    readAt(at, header);
    if (header.every((byte) => byte === 0)) return;
    checkSum(file, at, header);
    const start = at + block;
    const size = next.size ?? numberIn(header, 124, 12);
    const name = next.name ?? tarName(header);
    if (!(size >= 0 && start + size <= length)) {
      const rule = `expected ${size} bytes of ${name}, and the archive has ${length - start} more`;
      throw new DataError(file, start, rule);
    }
    const type = String.fromCharCode(header[156]!);
    if (type === 'x' || type === 'L') {
      if (size > mostExtra)
        throw new DataError(file, at, `expected a header of at most ${mostExtra} bytes, got ${size}`);
      const extra = new Uint8Array(size);
      readAt(start, extra);
      next = type === 'L' ? { ...next, name: cut(extra) } : { ...next, ...paxFields(file, start, extra) };
    } else if (type !== 'g' && type !== 'K') {
      if (type === '0' || type === '\0') yield { name, start, size };
      next = {};
    }
    at = start + Math.ceil(size / block) * block;
  }
  throw new DataError(file, at, 'expected the empty block that ends a tar archive');
}

/** The name in a header. */
export function tarName(header: Uint8Array): string {
  const prefix = cut(header.subarray(257, 262)) === 'ustar' ? cut(header.subarray(345, 500)) : '';
  const name = cut(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function checkSum(file: string, at: number, header: Uint8Array): void {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (numberIn(header, 148, 8) === sum) return;
  const gzip = at === 0 && header[0] === 0x1f && header[1] === 0x8b;
  throw new DataError(
    file,
    at,
    gzip
      ? 'expected an uncompressed tar archive, got gzip data'
      : 'expected a tar header with the right checksum',
  );
}

/** The path and the size that a pax header gives: lines of length, space, key=value. */
function paxFields(file: string, start: number, bytes: Uint8Array): Partial<TarMember> {
  const fields: { name?: string; size?: number } = {};
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(cut(bytes.subarray(at, Math.max(at, space))));
    if (!(Number.isInteger(length) && length > space - at + 1 && at + length <= bytes.length))
      throw new DataError(file, start + at, 'expected a pax header of lines with their lengths');
    const [, key, value] = /^([^=]*)=(.*)\n$/s.exec(
      Buffer.from(bytes.subarray(space + 1, at + length)).toString(),
    ) ?? ['', '', ''];
    if (key === 'path') fields.name = value!;
    if (key === 'size') fields.size = Number(value);
    at += length;
  }
  return fields;
}

/** Text up to the first zero byte. */
function cut(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString().replace(/\0.*$/s, '');
}

/** The octal number of a field, or its binary one, which GNU tar marks; NaN where there is none. */
function numberIn(header: Uint8Array, start: number, length: number): number {
  const field = header.subarray(start, start + length);
  if (field[0] !== 0x80) return Number.parseInt(cut(field).trim(), 8);
  return field.subarray(1).reduce((number, byte) => 256 * number + byte, 0);
}
