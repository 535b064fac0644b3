import { DataError } from './errors.ts';

/** An array of bytes from a file in the idx format of the MNIST database. */
export interface Idx {
  readonly dimensions: readonly number[];
  /** Row-major; as many bytes as the dimensions say. */
  readonly data: Uint8Array;
}

const unsignedByte = 0x08;

/**
 * Reads an idx file of unsigned bytes: two zero bytes, the type, the rank, each dimension as a
 * big-endian 32-bit number, then the data and nothing after it. `data` is a view of `bytes`.
 * @throws DataError naming `file`, the offset and the rule
 */
export function parseIdx(file: string, bytes: Uint8Array, rank: number): Idx {
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes)
    throw new DataError(
      file,
      bytes.length,
      `expected an idx header of ${headerBytes} bytes, and the file ends`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0)
    throw new DataError(
      file,
      0,
      `expected an idx file (two zero bytes first), got ${hex(bytes.subarray(0, 4))}`,
    );
  if (bytes[2] !== unsignedByte)
    throw new DataError(
      file,
      2,
      `expected the idx type 08 (unsigned byte), got ${hex(bytes.subarray(2, 3))}`,
    );
  if (bytes[3] !== rank)
    throw new DataError(file, 3, `expected an idx array of rank ${rank}, got rank ${bytes[3]}`);
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const zero = dimensions.indexOf(0);
  if (zero >= 0) throw new DataError(file, 4 + 4 * zero, 'expected a dimension from 1, got 0');
  const expected = dimensions.reduce((product, dimension) => product * dimension, 1);
  const got = bytes.length - headerBytes;
  if (got !== expected) {
    const rule = `expected ${expected} bytes of data for ${dimensions.join(' x ')}, got ${got}`;
    throw new DataError(file, headerBytes + Math.min(got, expected), rule);
  }
  return { dimensions, data: bytes.subarray(headerBytes) };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
