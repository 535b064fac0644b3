import { DataError } from './errors.ts';
import { type JpegHeader, readJpegHeader } from './jpeg-header.ts';
import { isSideways, upright } from './orientation.ts';
import { overWhite, type Picture, type PictureForm } from './picture.ts';
import { type CodecFactory, type Decoded, wasmCodec } from './wasm-codec.ts';

/** libjpeg-turbo, which must be loaded before a picture is decoded. */
export const jpegCodec = wasmCodec(
  async () => (await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js')).default as CodecFactory,
  '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  // The codec would turn the picture too, by a reader of Exif data of its own.
  false,
);

/**
 * Checks a JPEG file without decoding it: header, segments, the marker that ends it.
 * @throws DataError naming `file`, the offset and the rule
 */
export function inspectJpeg(file: string, bytes: Uint8Array): PictureForm {
  return formOf(readJpegHeader(file, bytes));
}

/**
 * Decodes a JPEG file (baseline or progressive, 8 bits) with libjpeg-turbo, which `jpegCodec.load`
 * loads: grey to one channel, colour to three. The orientation of its Exif data is applied, as
 * browsers do.
 * @throws DataError naming `file`, the offset and the rule; also where the decoder would repair
 * broken data by a guess
 */
export function decodeJpeg(file: string, bytes: Uint8Array): Picture {
  const header = readJpegHeader(file, bytes);
  const { picture, complaints } = decoded(file, header, bytes);
  const complaint = complaints.find((line) => /^Corrupt|^Premature/.test(line) && !/extraneous/.test(line));
  if (complaint !== undefined)
    throw new DataError(file, header.scanOffset, `broken JPEG data (${complaint})`);
  if (picture.width !== header.width || picture.height !== header.height) {
    const rule = `expected ${header.width} x ${header.height} pixels, got ${picture.width} x ${picture.height}`;
    throw new DataError(file, header.scanOffset, rule);
  }
  return upright(overWhite(picture, header.channels), header.orientation);
}

function decoded(file: string, { scanOffset }: JpegHeader, bytes: Uint8Array): Decoded {
  try {
    return jpegCodec.decode(bytes);
  } catch (cause) {
    throw new DataError(file, scanOffset, `broken JPEG data (${(cause as Error).message})`, { cause });
  }
}

function formOf({ width, height, channels, orientation }: JpegHeader): PictureForm {
  return isSideways(orientation) ? { width: height, height: width, channels } : { width, height, channels };
}
