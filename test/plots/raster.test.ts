import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { Raster } from '../../src/plots/index.ts';
import { writePng } from '../../src/plots/write-png.ts';
import { scratchFolder } from '../support/weir.ts';

const pixel = (raster: Raster, x: number, y: number) => [
  ...raster.rgb.slice((y * raster.width + x) * 3).slice(0, 3),
];

describe('Raster', () => {
  it('begins with its background and mixes colours in', () => {
    const raster = new Raster(3, 2, [10, 20, 30]);
    raster.blend(1, 1, [110, 120, 130], 0.5);
    expect(pixel(raster, 0, 0)).toEqual([10, 20, 30]);
    expect(pixel(raster, 1, 1)).toEqual([60, 70, 80]);
  });

  it('does nothing outside the picture', () => {
    const raster = new Raster(2, 2);
    for (const [x, y] of [
      [-1, 0],
      [2, 0],
      [0, -1],
      [0, 2],
    ] as const)
      raster.blend(x, y, [0, 0, 0]);
    expect(raster.rgb.every((level) => level === 255)).toBe(true);
  });

  it('fills discs and outlines circles', () => {
    const raster = new Raster(21, 21);
    raster.disc(5, 5, 3, [0, 0, 0]);
    raster.circle(14, 14, 5, [0, 0, 0]);
    expect(pixel(raster, 5, 5)).toEqual([0, 0, 0]);
    expect(pixel(raster, 14, 14)).toEqual([255, 255, 255]);
    expect(pixel(raster, 19, 14)).toEqual([0, 0, 0]);
    expect(pixel(raster, 0, 20)).toEqual([255, 255, 255]);
  });

  it('becomes a PNG that another decoder reads back', () => {
    const raster = new Raster(2, 1);
    raster.blend(0, 0, [1, 2, 3]);
    const png = raster.png();
    // The type of its colours: red, green and blue without alpha.
    expect(png[25]).toBe(2);
    const read = PNG.sync.read(png);
    expect([read.width, read.height]).toEqual([2, 1]);
    expect([...read.data]).toEqual([1, 2, 3, 255, 255, 255, 255, 255]);
  });
});

it('makes the folder and writes the picture', () => {
  const path = join(scratchFolder(), 'deep', 'red.png');
  writePng(path, new Raster(2, 1, [200, 0, 0]));
  const { width, height, data } = PNG.sync.read(readFileSync(path));
  expect([width, height, ...data]).toEqual([2, 1, 200, 0, 0, 255, 200, 0, 0, 255]);
});
