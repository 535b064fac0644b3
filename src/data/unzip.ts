import { crc32, inflateRawSync } from 'node:zlib';
import { DataError } from './errors.ts';
import { maxBytes } from './read-bytes.ts';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * The members of a ZIP archive by name, stored or deflated, as NumPy writes them in `.npz` files.
 * Encrypted archives and those of 4 GiB and more (ZIP64) are refused.
 * @throws DataError
 */
export function unzip(file: string, bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(file, view);
  const members = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature)
      throw new DataError(file, at, 'expected an entry of the directory of a ZIP archive');
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength!));
    members.set(name, member(file, name, bytes, view, at));
    at += 46 + nameLength! + extra! + comment!;
  }
  return members;
}

/** Where the record at the end of the archive is: behind it, at most a comment. */
function endOf(file: string, view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--)
    if (view.getUint32(at, true) === endSignature) return at;
  throw new DataError(file, undefined, 'expected a ZIP archive, and found no end record');
}

/** The content of the member of an entry. */
function member(file: string, name: string, bytes: Uint8Array, view: DataView, entry: number): Uint8Array {
  const refuse = (rule: string, cause?: unknown): never => {
    throw new DataError(file, entry, `${name}: ${rule}`, { cause });
  };
  const flags = view.getUint16(entry + 8, true);
  const method = view.getUint16(entry + 10, true);
  const [crc, packed, size] = [16, 20, 24].map((place) => view.getUint32(entry + place, true)) as [
    number,
    number,
    number,
  ];
  const start = view.getUint32(entry + 42, true);
  if (flags & 1) refuse('expected a member without encryption');
  if (method !== 0 && method !== 8) refuse(`expected a stored or deflated member, got method ${method}`);
  if (size > maxBytes || [packed, size, start].includes(0xffffffff))
    refuse(`expected a member of at most ${maxBytes} bytes`);
  if (start + 30 > bytes.length || view.getUint32(start, true) !== localSignature)
    refuse('expected its data, and found none');
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const data = bytes.subarray(from, from + packed);
  let content = data;
  try {
    if (method === 8) content = inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    refuse(`broken deflate data (${(cause as Error).message})`, cause);
  }
  if (content.length !== size) refuse(`expected ${size} bytes, got ${content.length}`);
  if (crc32(content) !== crc) refuse('expected the CRC of its entry, got another one');
  return content;
}
