import { describe, expect, it } from 'vitest';
import { background, drawScene } from '../../src/data/draw-scene.ts';
import type { ShapeScene } from '../../src/data/scene.ts';

const square: ShapeScene = {
  shape: 'square',
  colour: [1, 0.5, 0],
  x: 0.5,
  y: 0.5,
  radius: 0.25,
  rotation: 0,
  attributes: { shape: 1, colour: 0, size: 1, place: 4 },
  caption: 'a square',
};

function draw(scene: ShapeScene, side: number): Float32Array {
  const pixels = new Float32Array(3 * side * side);
  drawScene(scene, side, pixels, 0);
  return pixels;
}

/** How much of the image the shape covers, by its red. */
function covered(pixels: Float32Array, side: number): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 3) sum += ((pixels[i]! + 1) / 2 - background) / (1 - background);
  return sum / side ** 2;
}

describe('drawScene', () => {
  it('paints the colour inside and the background outside, in [-1, 1]', () => {
    const pixels = draw(square, 20);
    const at = (row: number, column: number) => [...pixels.subarray(3 * (20 * row + column)).subarray(0, 3)];
    expect(at(10, 10)).toEqual([1, 0, -1]);
    expect(at(0, 0)).toEqual([-0.8, -0.8, -0.8].map(Math.fround));
  });

  it.each([16, 32, 64])('covers its true area at %i pixels', (side) => {
    // A square of half-width .8 radii.
    expect(Math.abs(covered(draw(square, side), side) / (1.6 * 0.25) ** 2 - 1)).toBeLessThan(0.03);
    const ring = covered(draw({ ...square, shape: 'ring' }, side), side);
    expect(Math.abs(ring / (Math.PI * (0.98 ** 2 - 0.42 ** 2) * 0.25 ** 2) - 1)).toBeLessThan(0.03);
  });

  it('covers the same area when the shape is turned or moved by parts of a pixel', () => {
    const still = covered(draw(square, 32), 32);
    for (const change of [{ rotation: 0.15 }, { x: 0.51 }, { y: 0.493 }])
      expect(Math.abs(covered(draw({ ...square, ...change }, 32), 32) / still - 1)).toBeLessThan(0.02);
  });

  it('smooths the edge: a square that ends in the middle of a pixel paints it half', () => {
    const pixels = draw({ ...square, radius: 0.5 / 1.6 / 0.8 }, 20);
    const row = Array.from({ length: 20 }, (_, column) => pixels[3 * (200 + column)]!);
    // Half-width 6.25 pixels of 20: from 3.75 to 16.25.
    expect(row[3]).toBeCloseTo(2 * (0.1 + 0.25 * 0.9) - 1, 5);
    expect(row[4]).toBe(1);
    expect(row[2]).toBe(Math.fround(-0.8));
  });

  it('has row 0 at the top', () => {
    const pixels = draw({ ...square, y: 0.3 }, 20);
    expect(pixels[3 * (20 * 5 + 10)]).toBe(1);
    expect(pixels[3 * (20 * 15 + 10)]).toBe(Math.fround(-0.8));
  });

  it('points a triangle upwards, and steps shapes anticlockwise', () => {
    const width = (pixels: Float32Array, row: number) =>
      Array.from({ length: 32 }, (_, column) => pixels[3 * (32 * row + column)]!).filter((red) => red > 0)
        .length;
    const upright = draw({ ...square, shape: 'triangle' }, 32);
    expect(width(upright, 13)).toBeLessThan(width(upright, 19));
    // The tip, 1.12 radii above the centre, goes to the left.
    const turned = draw({ ...square, shape: 'triangle', rotation: Math.PI / 2 }, 32);
    expect(turned[3 * (32 * 16 + 9)]).toBeGreaterThan(0);
    expect(turned[3 * (32 * 16 + 22)]).toBeLessThan(0);
  });

  it('writes its own part of the output only', () => {
    const out = new Float32Array(3 * 3 * 16 * 16).fill(7);
    drawScene(square, 16, out, 768);
    expect(out.subarray(0, 768).every((value) => value === 7)).toBe(true);
    expect(out.subarray(768, 1536).some((value) => value === 7)).toBe(false);
    expect(out.subarray(1536).every((value) => value === 7)).toBe(true);
  });
});
