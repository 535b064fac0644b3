import { crc32 } from 'node:zlib';
import { DataError } from './errors.ts';

/** A part of a PNG file. `data` is a view of the file. */
export interface PngChunk {
  readonly name: string;
  /** Where its data starts in the file. */
  readonly offset: number;
  readonly data: Uint8Array;
}

const frame = 12;

/**
 * The chunks of a PNG file from its signature to IEND, each with the right checksum. What comes
 * after IEND is left alone.
 * @throws DataError naming `file`, the offset and the rule
 */
export function* pngChunks(file: string, bytes: Uint8Array): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; ; ) {
    if (at === bytes.length) throw new DataError(file, at, 'expected the chunk IEND, and the file ends');
    if (at + frame > bytes.length)
      throw new DataError(file, at, 'expected a chunk, and the file ends within it');
    const length = view.getUint32(at);
    const name = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (!/^[A-Za-z]{4}$/.test(name))
      throw new DataError(file, at + 4, `expected the name of a chunk, got ${JSON.stringify(name)}`);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) {
      const rule = `expected ${length} bytes of the chunk ${name}, and the file ends after ${bytes.length - at - 8}`;
      throw new DataError(file, at + 8, rule);
    }
    const [sum, expected] = [view.getUint32(end), crc32(bytes.subarray(at + 4, end))];
    if (sum !== expected) {
      const rule = `expected the CRC ${hex(expected)} of the chunk ${name}, got ${hex(sum)}`;
      throw new DataError(file, end, rule);
    }
    yield { name, offset: at + 8, data: bytes.subarray(at + 8, end) };
    if (name === 'IEND') return;
    at = end + 4;
  }
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, '0');
}
