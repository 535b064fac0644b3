import { DataError } from './errors.ts';

/** A picture as bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** What the header of a picture says: its size and channels once decoded and turned upright. */
export type PictureForm = Pick<Picture, 'width' | 'height' | 'channels'>;

/** A picture with four bytes a pixel: red, green, blue, alpha. */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** The most pixels that one picture may have. */
export const maxPixels = 64_000_000;

/**
 * Checks a size that a header names, before room is made for so many pixels.
 * @throws DataError naming `file`, the offset of the size and the rule
 */
export function checkSize(file: string, offset: number, width: number, height: number): void {
  if (width === 0 || height === 0)
    throw new DataError(file, offset, `expected a picture from 1 x 1 pixels, got ${width} x ${height}`);
  if (width * height > maxPixels)
    throw new DataError(file, offset, `expected at most ${maxPixels} pixels, got ${width} x ${height}`);
}

/**
 * The picture with transparent pixels blended over white; its red channel alone where one channel
 * is wanted.
 */
export function overWhite({ width, height, data }: Rgba, channels: 1 | 3): Picture {
  const pixels = new Uint8Array(width * height * channels);
  let at = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 255) {
      for (let channel = 0; channel < channels; channel++) pixels[at++] = data[i + channel]!;
      continue;
    }
    const alpha = data[i + 3]! / 255;
    for (let channel = 0; channel < channels; channel++)
      pixels[at++] = Math.round(alpha * data[i + channel]! + 255 * (1 - alpha));
  }
  return { width, height, channels, pixels };
}

/** The pixels with so many channels, grey being repeated; colour stays. */
export function withChannels({ channels, pixels }: Picture, wanted: 1 | 3): Uint8Array {
  if (channels === wanted) return pixels;
  return Uint8Array.from({ length: 3 * pixels.length }, (_, i) => pixels[Math.floor(i / 3)]!);
}
