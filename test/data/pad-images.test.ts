import { describe, expect, it } from 'vitest';
import { padImages } from '../../src/data/pad-images.ts';

describe('padImages', () => {
  it('puts a frame of zeros around each image', () => {
    const two = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(Array.from(padImages(two, [2, 2, 1], 4))).toEqual([
      ...[0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 5, 6, 0, 0, 7, 8, 0, 0, 0, 0, 0],
    ]);
  });

  it('frames up to a multiple and takes the rounded means of blocks', () => {
    // 3 pixels are framed to 4, the odd one behind, and halved.
    const image = Uint8Array.of(4, 8, 12, 16, 20, 24, 28, 32, 37);
    expect(Array.from(padImages(image, [3, 3, 1], 2))).toEqual([12, 9, 15, 9]);
  });

  it('leaves images of the side as they are, channel by channel', () => {
    const image = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    expect(padImages(image, [2, 2, 3], 2)).toEqual(image);
    expect(Array.from(padImages(image, [2, 2, 3], 1))).toEqual([6, 7, 8].map((x) => Math.round(x - 0.5)));
  });
});
