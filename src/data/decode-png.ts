import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { DataError } from './errors.ts';

/** A picture as bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const greyTypes = [0, 4];
const samplesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Deflate packs no more than 1,032 bytes into one (https://zlib.net/zlib_tech.html). */
const mostPerByte = 1032;

/**
 * Decodes a PNG file of any colour type and depth to 8 bits a channel: grey (without or with alpha) to one
 * channel, everything else to three. What is transparent is laid over white.
 * @throws DataError naming `file`, the offset where it is known, and the rule
 */
export function decodePng(file: string, bytes: Uint8Array): Picture {
  const header = readHeader(file, bytes);
  const { width, height, data } = decode(file, bytes, header);
  const channels = greyTypes.includes(header.colourType) ? 1 : 3;
  const pixels = new Uint8Array(width * height * channels);
  let at = 0;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    for (let channel = 0; channel < channels; channel++)
      pixels[at++] = Math.round(alpha * data[i + channel]! + 255 * (1 - alpha));
  }
  return { width, height, channels, pixels };
}

interface Header {
  readonly colourType: number;
  /** How many bytes the rows fill, one byte for the filter of each included; undefined where they are interlaced. */
  readonly rowBytes: number | undefined;
}

/** Checks what the decoder believes: it makes room for as many pixels as the header names. */
function readHeader(file: string, bytes: Uint8Array): Header {
  if (signature.some((byte, i) => bytes[i] !== byte))
    throw new DataError(file, 0, 'expected a PNG file (its signature first)');
  if (bytes.length < 33) throw new DataError(file, bytes.length, 'expected a PNG header, and the file ends');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(8) !== 13 || chunkName(bytes, 8) !== 'IHDR')
    throw new DataError(file, 8, 'expected the PNG header chunk IHDR of 13 bytes');
  const [width, height, depth, colourType] = [view.getUint32(16), view.getUint32(20), bytes[24]!, bytes[25]!];
  if (width === 0 || height === 0)
    throw new DataError(file, 16, `expected a picture from 1 x 1 pixels, got ${width} x ${height}`);
  const rowBytes = height * (1 + Math.ceil((width * (samplesPerPixel[colourType] ?? 1) * depth) / 8));
  if (rowBytes > mostPerByte * bytes.length) {
    const rule = `${width} x ${height} pixels cannot come from a file of ${bytes.length} bytes`;
    throw new DataError(file, 16, rule);
  }
  return { colourType, rowBytes: bytes[28] === 0 ? rowBytes : undefined };
}

function decode(file: string, bytes: Uint8Array, { rowBytes }: Header): PNG {
  try {
    const picture = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    // Where rows are missing, pngjs 7 shows whatever was in memory instead of failing.
    if (rowBytes !== undefined && inflateSync(imageData(bytes)).length < rowBytes)
      throw new Error('rows are missing');
    return picture;
  } catch (cause) {
    throw new DataError(file, undefined, `broken PNG data (${(cause as Error).message})`, { cause });
  }
}

/** The compressed rows of a file whose chunks are known to be whole. */
function imageData(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
    if (chunkName(bytes, at) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  return Buffer.concat(parts);
}

function chunkName(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
}
