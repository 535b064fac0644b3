import { DataError } from './errors.ts';
import { type JpegHeader, readJpegHeader } from './jpeg-header.ts';
import { isSideways, upright } from './orientation.ts';
import { overWhite, type Picture, type PictureForm } from './picture.ts';
import { type CodecFactory, wasmCodec } from './wasm-codec.ts';

const decode = wasmCodec(
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
 * Decodes a JPEG file (baseline or progressive, 8 bits) with libjpeg-turbo: grey to one channel,
 * colour to three. The orientation of its Exif data is applied, as browsers do.
 * @throws DataError naming `file`, the offset and the rule; also where the decoder would repair
 * broken data by a guess
 */
export async function decodeJpeg(file: string, bytes: Uint8Array): Promise<Picture> {
  const header = readJpegHeader(file, bytes);
  const { picture, complaints } = await decode(bytes).catch((cause: Error) => {
    throw new DataError(file, header.scanOffset, `broken JPEG data (${cause.message})`, { cause });
  });
  const complaint = complaints.find((line) => /^Corrupt|^Premature/.test(line) && !/extraneous/.test(line));
  if (complaint !== undefined)
    throw new DataError(file, header.scanOffset, `broken JPEG data (${complaint})`);
  if (picture.width !== header.width || picture.height !== header.height) {
    const rule = `expected ${header.width} x ${header.height} pixels, got ${picture.width} x ${picture.height}`;
    throw new DataError(file, header.scanOffset, rule);
  }
  return upright(overWhite(picture, header.channels), header.orientation);
}

function formOf({ width, height, channels, orientation }: JpegHeader): PictureForm {
  return isSideways(orientation) ? { width: height, height: width, channels } : { width, height, channels };
}
