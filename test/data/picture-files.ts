import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A picture to encode: red, green and blue of each pixel, row by row. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly rgb: readonly number[];
}

type Factory = (options: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<{
  encode(pixels: Uint8Array, width: number, height: number, options: object): Uint8Array;
}>;

async function encoder(codec: unknown, wasm: string) {
  const wasmBinary = readFileSync(createRequire(import.meta.url).resolve(wasm));
  return (codec as { default: Factory }).default({ noInitialRun: true, wasmBinary });
}

const jpeg = await encoder(
  await import('@jsquash/jpeg/codec/enc/mozjpeg_enc.js'),
  '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
);
const webp = await encoder(
  await import('@jsquash/webp/codec/enc/webp_enc.js'),
  '@jsquash/webp/codec/enc/webp_enc.wasm',
);
const { defaultOptions: jpegOptions } = await import('@jsquash/jpeg/meta.js');
const { defaultOptions: webpOptions } = await import('@jsquash/webp/meta.js');

/** A picture of one colour. */
export function plain(width: number, height: number, ...colour: readonly [number, number, number]): Rgb {
  return { width, height, rgb: Array.from({ length: width * height }, () => colour).flat() };
}

function rgba({ width, height, rgb }: Rgb, alpha: readonly number[] = []): Uint8Array {
  return Uint8Array.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? (alpha[(i - 3) / 4] ?? 255) : rgb[3 * Math.floor(i / 4) + (i % 4)]!,
  );
}

/** A JPEG file; `grey` makes it one of a single component. */
export function jpegFile(
  picture: Rgb,
  { grey = false, progressive = false, quality = 100 } = {},
): Uint8Array {
  const form = {
    quality,
    auto_subsample: false,
    chroma_subsample: 1,
    progressive,
    color_space: grey ? 1 : 3,
  };
  return jpeg.encode(rgba(picture), picture.width, picture.height, { ...jpegOptions, ...form }).slice();
}

/** A lossless or lossy WebP file; `alpha` has a byte for each pixel. */
export function webpFile(
  picture: Rgb,
  { lossless = true, alpha = [] as readonly number[] } = {},
): Uint8Array {
  const form = { quality: 100, lossless: lossless ? 1 : 0, exact: 1 };
  return webp
    .encode(rgba(picture, alpha), picture.width, picture.height, { ...webpOptions, ...form })
    .slice();
}

/** Exif data with the tag Orientation. */
export function exif(orientation: number, order: 'II' | 'MM' = 'MM'): Uint8Array {
  const little = order === 'II';
  const view = new DataView(new ArrayBuffer(26));
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, 1, little);
  view.setUint16(10, 0x0112, little);
  view.setUint16(12, 3, little);
  view.setUint32(14, 1, little);
  view.setUint16(18, orientation, little);
  return new Uint8Array(view.buffer);
}

/** The JPEG file with the Exif data in a segment after its first marker. */
export function jpegWithExif(file: Uint8Array, data: Uint8Array): Uint8Array {
  const head = Buffer.from([0xff, 0xe1, 0, data.length + 8]);
  return Buffer.concat([
    file.subarray(0, 2),
    head,
    Buffer.from('Exif\0\0', 'latin1'),
    data,
    file.subarray(2),
  ]);
}

/** A chunk of a RIFF container. */
export function riffChunk(name: string, data: Uint8Array): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name, 'latin1'), size, data, Buffer.alloc(data.length % 2)]);
}

/** A WebP file of the chunks. */
export function riff(...chunks: readonly Uint8Array[]): Uint8Array {
  return riffChunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]));
}

/** The WebP file with Exif data after its picture, in the extended form that this needs. */
export function webpWithExif(file: Uint8Array, width: number, height: number, data: Uint8Array): Uint8Array {
  const canvas = Buffer.alloc(10);
  canvas[0] = 0x08;
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  return riff(riffChunk('VP8X', canvas), file.subarray(12), riffChunk('EXIF', data));
}
