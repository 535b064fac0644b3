import type { Picture } from './picture.ts';

const orientationTag = 0x0112;
const shortType = 3;

/**
 * The tag Orientation of Exif data, which begins with the header of TIFF: how to rotate or mirror
 * the picture, 1 (upright) to 8. 1 where the data has no such tag or cannot be read.
 */
export function exifOrientation(exif: Uint8Array): number {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (exif.length < 8) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (view.getUint16(2, little) !== 42 || directory + 2 > exif.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0, at = directory + 2; i < entries && at + 12 <= exif.length; i++, at += 12) {
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 8, little);
    return view.getUint16(at + 2, little) === shortType && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/**
 * Whether a picture of this orientation is rotated by 90 degrees, so that width and height are
 * exchanged.
 */
export function isSideways(orientation: number): boolean {
  return orientation >= 5;
}

/** The picture as its camera saw it: mirrored and turned as the Exif orientation says. */
export function upright(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture;
  const { width, height, channels, pixels } = picture;
  const [newWidth, newHeight] = isSideways(orientation) ? [height, width] : [width, height];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBelow = [3, 4, 6, 7].includes(orientation);
  const turned = new Uint8Array(pixels.length);
  let at = 0;
  for (let y = 0; y < newHeight; y++)
    for (let x = 0; x < newWidth; x++) {
      const [column, row] = isSideways(orientation) ? [y, x] : [x, y];
      const from = (fromBelow ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column);
      for (let channel = 0; channel < channels; channel++) turned[at++] = pixels[from * channels + channel]!;
    }
  return { width: newWidth, height: newHeight, channels, pixels: turned };
}
