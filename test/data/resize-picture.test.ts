import { describe, expect, it } from 'vitest';
import { resizePicture } from '../../src/data/resize-picture.ts';

const grey = (width: number, height: number, pixels: number[]) =>
  ({ width, height, channels: 1, pixels: Uint8Array.from(pixels) }) as const;

describe('resizePicture', () => {
  it('leaves a picture of the right size as it is', () => {
    const picture = grey(2, 2, [1, 2, 3, 4]);
    expect(resizePicture(picture, 2, 2)).toBe(picture);
  });

  it('averages when it shrinks', () => {
    const picture = grey(4, 4, [0, 10, 100, 100, 20, 30, 100, 100, 1, 1, 0, 255, 1, 1, 255, 0]);
    expect([...resizePicture(picture, 2, 2).pixels]).toEqual([15, 100, 1, 128]);
  });

  it("gives what Pillow's BOX filter gives where the factor is whole", () => {
    const picture = grey(
      8,
      4,
      Array.from({ length: 32 }, (_, i) => (i * i * 7) % 256),
    );
    // Pillow 13.0.0: resize((4, 2), Image.BOX) and resize((2, 1), Image.BOX).
    expect([...resizePicture(picture, 2, 4).pixels]).toEqual([64, 90, 172, 118, 112, 202, 156, 102]);
    expect([...resizePicture(picture, 1, 2).pixels]).toEqual([117, 137]);
  });

  it('weighs a pixel by the share that lies inside', () => {
    const picture = grey(3, 3, [0, 90, 180, 0, 90, 180, 0, 90, 180]);
    expect([...resizePicture(picture, 2, 2).pixels]).toEqual([30, 150, 30, 150]);
  });

  it('interpolates linearly between the centres of pixels when it enlarges', () => {
    const { pixels } = resizePicture(grey(2, 2, [10, 30, 50, 70]), 4, 4);
    expect([...pixels]).toEqual([10, 15, 25, 30, 20, 25, 35, 40, 40, 45, 55, 60, 50, 55, 65, 70]);
    expect([...resizePicture(grey(1, 1, [9]), 2, 3).pixels]).toEqual(new Array(6).fill(9));
  });

  it('crops to the shape that is asked for before it scales', () => {
    const picture = grey(6, 2, [0, 1, 3, 5, 7, 9, 0, 1, 3, 5, 7, 9]);
    expect(resizePicture(picture, 1, 2)).toEqual(grey(2, 1, [2, 6]));
    expect(resizePicture(picture, 2, 1)).toEqual(grey(1, 2, [3, 3]));
    expect(
      resizePicture(
        grey(
          5,
          4,
          Array.from({ length: 20 }, (_, i) => i),
        ),
        4,
        4,
      ).pixels,
    ).toEqual(Uint8Array.of(0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18));
  });

  it('keeps a constant picture constant at every size', () => {
    for (const [height, width] of [
      [1, 1],
      [7, 3],
      [50, 64],
    ] as const) {
      const { pixels } = resizePicture(grey(13, 11, new Array(143).fill(201)), height, width);
      expect(pixels).toEqual(new Uint8Array(height * width).fill(201));
    }
  });

  it('takes the square in the middle', () => {
    expect([...resizePicture(grey(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]), 2, 2).pixels]).toEqual([2, 3, 6, 7]);
    expect([...resizePicture(grey(1, 3, [9, 5, 7]), 1, 1).pixels]).toEqual([5]);
  });

  it('keeps the channels apart', () => {
    const colour = {
      width: 2,
      height: 2,
      channels: 3,
      pixels: Uint8Array.of(0, 4, 9, 4, 4, 9, 8, 4, 9, 4, 4, 9),
    } as const;
    expect([...resizePicture(colour, 1, 1).pixels]).toEqual([4, 4, 9]);
  });
});
