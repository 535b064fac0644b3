import { describe, expect, it } from 'vitest';
import { squarePicture } from '../../src/data/square-picture.ts';

const grey = (width: number, height: number, pixels: number[]) =>
  ({ width, height, channels: 1, pixels: Uint8Array.from(pixels) }) as const;

describe('squarePicture', () => {
  it('leaves a picture of the right size as it is', () => {
    const picture = grey(2, 2, [1, 2, 3, 4]);
    expect(squarePicture(picture, 2)).toBe(picture);
  });

  it('averages when it shrinks', () => {
    const picture = grey(4, 4, [0, 10, 100, 100, 20, 30, 100, 100, 1, 1, 0, 255, 1, 1, 255, 0]);
    expect([...squarePicture(picture, 2).pixels]).toEqual([15, 100, 1, 128]);
  });

  it('weighs what lies half in a pixel by half', () => {
    const picture = grey(3, 3, [0, 90, 180, 0, 90, 180, 0, 90, 180]);
    expect([...squarePicture(picture, 2).pixels]).toEqual([30, 150, 30, 150]);
  });

  it('repeats when it enlarges', () => {
    const { pixels, width } = squarePicture(grey(2, 2, [10, 20, 30, 40]), 4);
    expect(width).toBe(4);
    expect([...pixels]).toEqual([10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40]);
  });

  it('takes the square in the middle', () => {
    expect([...squarePicture(grey(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]), 2).pixels]).toEqual([2, 3, 6, 7]);
    expect([...squarePicture(grey(1, 3, [9, 5, 7]), 1).pixels]).toEqual([5]);
  });

  it('keeps the channels apart', () => {
    const colour = {
      width: 2,
      height: 2,
      channels: 3,
      pixels: Uint8Array.of(0, 4, 9, 4, 4, 9, 8, 4, 9, 4, 4, 9),
    } as const;
    expect([...squarePicture(colour, 1).pixels]).toEqual([4, 4, 9]);
  });
});
