import { decodeJpeg, inspectJpeg, jpegCodec } from './decode-jpeg.ts';
import { decodePng, inspectPng, pngSignature } from './decode-png.ts';
import { decodeWebp, inspectWebp, webpCodec } from './decode-webp.ts';
import { DataError } from './errors.ts';
import type { Picture, PictureForm } from './picture.ts';

interface Format {
  readonly isOf: (bytes: Uint8Array) => boolean;
  readonly inspect: (file: string, bytes: Uint8Array) => PictureForm;
  readonly decode: (file: string, bytes: Uint8Array) => Picture;
  /** Makes the decoder ready, where it has to be loaded. */
  readonly load?: () => Promise<void>;
}

const formats: readonly Format[] = [
  {
    isOf: (bytes) => pngSignature.every((byte, i) => bytes[i] === byte),
    inspect: inspectPng,
    decode: decodePng,
  },
  {
    isOf: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8,
    inspect: inspectJpeg,
    decode: decodeJpeg,
    load: jpegCodec.load,
  },
  {
    isOf: (bytes) =>
      Buffer.from(bytes.subarray(0, 12))
        .toString('latin1')
        .match(/^RIFF[\s\S]{4}WEBP$/) !== null,
    inspect: inspectWebp,
    decode: decodeWebp,
    load: webpCodec.load,
  },
];

/**
 * The size and channels of a PNG, JPEG or WebP picture, and whether it is whole as far as that
 * shows without decoding it.
 * @throws DataError naming `file`, the offset and the rule
 */
export function inspectPicture(file: string, bytes: Uint8Array): PictureForm {
  return formatOf(file, bytes).inspect(file, bytes);
}

/**
 * Decodes a PNG, JPEG or WebP picture, recognised by its first bytes and not by its name.
 * @throws DataError naming `file`, the offset and the rule
 */
export async function decodePicture(file: string, bytes: Uint8Array): Promise<Picture> {
  const format = formatOf(file, bytes);
  await format.load?.();
  return format.decode(file, bytes);
}

/** Loads the decoders of all formats, for `decodeLoaded`. */
export async function loadDecoders(): Promise<void> {
  for (const { load } of formats) await load?.();
}

/** `decodePicture` at once, with decoders that are loaded. @throws as it does */
export function decodeLoaded(file: string, bytes: Uint8Array): Picture {
  const format = formatOf(file, bytes);
  try {
    return format.decode(file, bytes);
  } finally {
    // After a failure it is loaded again, for the next picture.
    void format.load?.();
  }
}

function formatOf(file: string, bytes: Uint8Array): Format {
  const format = formats.find(({ isOf }) => isOf(bytes));
  if (format !== undefined) return format;
  if (bytes.length === 0)
    throw new DataError(file, 0, 'expected a PNG, JPEG or WebP picture, got an empty file');
  const start = Buffer.from(bytes.subarray(0, 8))
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
  throw new DataError(file, 0, `expected a PNG, JPEG or WebP picture, got a file that starts with ${start}`);
}
