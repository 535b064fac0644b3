import { outlines } from './outlines.ts';
import type { ShapeScene } from './scene.ts';

/**
 * The grey of the background, 0 to 1: dark, but not so dark that a tanh generator must saturate to
 * paint it.
 */
export const background = 0.1;

/**
 * Draws the scene as `side` x `side` RGB pixels in [-1, 1] into `out` from `at`. An edge that
 * crosses a pixel colours it by the distance to the pixel's centre, so edges are smooth.
 */
export function drawScene(scene: ShapeScene, side: number, out: Float32Array, at: number): void {
  const outline = outlines[scene.shape];
  const cosine = Math.cos(scene.rotation);
  const sine = Math.sin(scene.rotation);
  out.fill(2 * background - 1, at, at + 3 * side * side);
  const first = (centre: number) => Math.max(0, Math.floor((centre - 1.2 * scene.radius) * side) - 1);
  const end = (centre: number) => Math.min(side, Math.ceil((centre + 1.2 * scene.radius) * side) + 1);
  for (let row = first(scene.y); row < end(scene.y); row++) {
    for (let column = first(scene.x); column < end(scene.x); column++) {
      const x = ((column + 0.5) / side - scene.x) / scene.radius;
      const y = (scene.y - (row + 0.5) / side) / scene.radius;
      const distance = outline(cosine * x + sine * y, cosine * y - sine * x) * scene.radius * side;
      const cover = Math.min(1, Math.max(0, 0.5 - distance));
      if (cover === 0) continue;
      const pixel = at + 3 * (row * side + column);
      for (let channel = 0; channel < 3; channel++)
        out[pixel + channel] = 2 * (background + cover * (scene.colour[channel]! - background)) - 1;
    }
  }
}
