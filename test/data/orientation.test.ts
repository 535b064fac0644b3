import { describe, expect, it } from 'vitest';
import { exifOrientation, isSideways, upright } from '../../src/data/orientation.ts';
import { exif } from './picture-files.ts';

describe('exifOrientation', () => {
  it('reads the tag in both byte orders', () => {
    for (const order of ['II', 'MM'] as const)
      for (let orientation = 1; orientation <= 8; orientation++)
        expect(exifOrientation(exif(orientation, order))).toBe(orientation);
  });

  it('is 1 where there is no such tag or the data is broken, wherever it ends', () => {
    for (const value of [0, 9, 600]) expect(exifOrientation(exif(value))).toBe(1);
    const good = exif(6);
    for (let length = 0; length < 22; length++) expect(exifOrientation(good.subarray(0, length))).toBe(1);
    for (const [at, value] of [
      [0, 0],
      [3, 43],
      [4, 255],
      [11, 0],
      [13, 4],
    ] as const)
      expect(exifOrientation(Uint8Array.from(good).fill(value, at, at + 1))).toBe(1);
  });
});

describe('upright', () => {
  // 1 2 3
  // 4 5 6
  const picture = { width: 3, height: 2, channels: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;

  // Where row 0 and column 0 of the file lie in the scene: Exif 2.32, tag 274.
  it.each([
    [1, [1, 2, 3, 4, 5, 6]],
    [2, [3, 2, 1, 6, 5, 4]],
    [3, [6, 5, 4, 3, 2, 1]],
    [4, [4, 5, 6, 1, 2, 3]],
    [5, [1, 4, 2, 5, 3, 6]],
    [6, [4, 1, 5, 2, 6, 3]],
    [7, [6, 3, 5, 2, 4, 1]],
    [8, [3, 6, 2, 5, 1, 4]],
  ])('turns a picture of orientation %i', (orientation, pixels) => {
    const [width, height] = orientation < 5 ? [3, 2] : [2, 3];
    expect(isSideways(orientation)).toBe(orientation >= 5);
    expect(upright(picture, orientation)).toEqual({
      width,
      height,
      channels: 1,
      pixels: Uint8Array.from(pixels),
    });
  });

  it('keeps the channels of a pixel together', () => {
    const colour = { width: 2, height: 1, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;
    expect(upright(colour, 6)).toMatchObject({
      width: 1,
      height: 2,
      pixels: Uint8Array.of(1, 2, 3, 4, 5, 6),
    });
    expect([...upright(colour, 2).pixels]).toEqual([4, 5, 6, 1, 2, 3]);
  });
});
