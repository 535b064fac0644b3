import { DataError } from './errors.ts';
import { exifOrientation, isSideways, upright } from './orientation.ts';
import { checkSize, overWhite, type Picture, type PictureForm } from './picture.ts';
import { type CodecFactory, type Decoded, wasmCodec } from './wasm-codec.ts';

/** libwebp, which must be loaded before a picture is decoded. */
export const webpCodec = wasmCodec(
  async () => (await import('@jsquash/webp/codec/dec/webp_dec.js')).default as CodecFactory,
  '@jsquash/webp/codec/dec/webp_dec.wasm',
);

const animated = 0x02;

interface WebpHeader {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  /** Where the picture's own data starts. */
  readonly offset: number;
  /** Where the RIFF container ends. */
  readonly end: number;
}

/**
 * Checks a WebP file without decoding it: container, chunks, size.
 * @throws DataError naming `file`, the offset and the rule
 */
export function inspectWebp(file: string, bytes: Uint8Array): PictureForm {
  const { width, height, orientation } = readHeader(file, bytes);
  return isSideways(orientation)
    ? { width: height, height: width, channels: 3 }
    : { width, height, channels: 3 };
}

/**
 * Decodes a still WebP file, lossy or lossless, with libwebp, which `webpCodec.load` loads, to
 * three channels: the format knows no grey. What is transparent is laid over white, and the
 * orientation of its Exif data is applied, as browsers do.
 * @throws DataError naming `file`, the offset and the rule
 */
export function decodeWebp(file: string, bytes: Uint8Array): Picture {
  const { width, height, orientation, offset, end } = readHeader(file, bytes);
  const { picture } = decoded(file, offset, bytes.subarray(0, end));
  if (picture.width !== width || picture.height !== height)
    throw new DataError(
      file,
      offset,
      `expected ${width} x ${height} pixels, got ${picture.width} x ${picture.height}`,
    );
  return upright(overWhite(picture, 3), orientation);
}

function decoded(file: string, offset: number, bytes: Uint8Array): Decoded {
  try {
    return webpCodec.decode(bytes);
  } catch (cause) {
    throw new DataError(file, offset, `broken WebP data (${(cause as Error).message})`, { cause });
  }
}

/**
 * Reads the chunks of the container (https://developers.google.com/speed/webp/docs/riff_container).
 */
function readHeader(file: string, bytes: Uint8Array): WebpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || text(bytes, 0) !== 'RIFF' || text(bytes, 8) !== 'WEBP')
    throw new DataError(file, 0, 'expected a WebP file (RIFF, a size, WEBP)');
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length)
    throw new DataError(file, bytes.length, `expected a WebP file of ${end} bytes, and it ends`);
  let size: { readonly width: number; readonly height: number; readonly offset: number } | undefined;
  let orientation = 1;
  for (let at = 12; at + 8 <= end; ) {
    const [name, length, start] = [text(bytes, at), view.getUint32(at + 4, true), at + 8];
    if (start + length > end)
      throw new DataError(
        file,
        start,
        `expected ${length} bytes of the chunk ${show(name)}, and the file ends`,
      );
    const data = bytes.subarray(start, start + length);
    if (name === 'VP8X' && (data[0]! & animated) !== 0)
      throw new DataError(file, start, 'expected a still picture, got an animation');
    if (name === 'VP8 ' || name === 'VP8L') size ??= { ...frameSize(file, start, name, data), offset: start };
    if (name === 'EXIF') orientation = exifOrientation(withoutPrefix(data));
    at = start + length + (length % 2);
  }
  if (size === undefined)
    throw new DataError(file, end, 'expected a picture (a chunk VP8 or VP8L), and the file ends');
  return { ...size, orientation, end };
}

function frameSize(file: string, offset: number, name: string, data: Uint8Array) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const lossless = name === 'VP8L';
  const started = lossless
    ? data.length >= 5 && data[0] === 0x2f
    : data.length >= 10 && data[3] === 0x9d && data[4] === 0x01 && data[5] === 0x2a;
  if (!started)
    throw new DataError(file, offset, `expected the start of a ${lossless ? 'lossless' : 'lossy'} picture`);
  const bits = lossless ? view.getUint32(1, true) : 0;
  const width = lossless ? 1 + (bits & 0x3fff) : view.getUint16(6, true) & 0x3fff;
  const height = lossless ? 1 + ((bits >> 14) & 0x3fff) : view.getUint16(8, true) & 0x3fff;
  checkSize(file, offset + (lossless ? 1 : 6), width, height);
  return { width, height };
}

/** Some writers put the six bytes before Exif data that JPEG has there. */
function withoutPrefix(exif: Uint8Array): Uint8Array {
  return text(exif, 0) === 'Exif' ? exif.subarray(6) : exif;
}

function text(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
}

function show(name: string): string {
  return JSON.stringify(name);
}
