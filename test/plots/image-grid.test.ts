import { describe, expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { imageGrid } from '../../src/plots/index.ts';

const pixel = (raster: { width: number; rgb: Uint8ClampedArray }, x: number, y: number) => [
  ...raster.rgb.slice((y * raster.width + x) * 3).slice(0, 3),
];

describe('imageGrid', () => {
  it('sets images side by side with a gap, from -1 black to 1 white', () => {
    const images = Value.of([-1, 1, 0], [3, 1, 1, 1]);
    const grid = imageGrid(images);
    expect([grid.width, grid.height]).toEqual([2 * 50 + 2, 2 * 50 + 2]);
    expect(pixel(grid, 2, 2)).toEqual([0, 0, 0]);
    expect(pixel(grid, 52, 2)).toEqual([255, 255, 255]);
    expect(pixel(grid, 2, 52)).toEqual([128, 128, 128]);
    expect(pixel(grid, 0, 0)).toEqual([32, 32, 32]);
    expect(pixel(grid, 52, 52)).toEqual([32, 32, 32]);
  });

  it('enlarges each pixel alike, and lays rows of images below each other', () => {
    const images = Value.of([-1, 1, 1, -1, 1, 1, -1, -1, -1, -1, 1, 1], [2, 3, 2, 1]);
    const grid = imageGrid(images, 1);
    // Pixels of 24 x 24 in images of 48 x 72.
    expect([grid.width, grid.height]).toEqual([48 + 4, 2 * (72 + 2) + 2]);
    const column = (x: number, top: number) => [0, 23, 24, 47, 48, 71].map((y) => pixel(grid, x, top + y)[0]);
    expect(column(2, 2)).toEqual([0, 0, 255, 255, 255, 255]);
    expect(column(25, 2)).toEqual([0, 0, 255, 255, 255, 255]);
    expect(column(26, 2)).toEqual([255, 255, 0, 0, 255, 255]);
    expect(column(49, 76)).toEqual([0, 0, 0, 0, 255, 255]);
    expect([pixel(grid, 50, 40), pixel(grid, 20, 75)]).toEqual([
      [32, 32, 32],
      [32, 32, 32],
    ]);
  });

  it('keeps colours and does not enlarge what is large enough', () => {
    const image = new Float32Array(64 * 64 * 3).fill(-1);
    image[0] = 1;
    const grid = imageGrid(Value.of(image, [1, 64, 64, 3]));
    expect(grid.width).toBe(68);
    expect(pixel(grid, 2, 2)).toEqual([255, 0, 0]);
    expect(pixel(grid, 3, 2)).toEqual([0, 0, 0]);
  });

  it.each([[[4, 2]], [[0, 8, 8, 1]], [[1, 8, 8, 2]]])('refuses shape %j', (shape) => {
    expect(() => imageGrid(Value.filled(shape, 0))).toThrow(`[count, height, width, 1 or 3], got [${shape}]`);
  });
});
