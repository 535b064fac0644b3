import type { Dataset } from './dataset.ts';
import { madePoints } from './made-points.ts';

/** A point or a centre in the plane. */
export type Point = readonly [x: number, y: number];

/**
 * Equally likely round Gaussians in the plane; the label of a point is the number of its centre.
 */
export interface Mixture extends Dataset {
  /** Where the modes are, in the coordinates of the examples. */
  readonly centres: readonly Point[];
  /** The standard deviation of each mode along each axis, in the coordinates of the examples. */
  readonly deviation: number;
}

/** A mixture of Gaussians as an endless dataset. */
export function mixture(name: string, centres: readonly Point[], deviation: number, seed: number): Mixture {
  const classes = centres.map((_, mode) => String(mode));
  const form = { name, version: 1, seed, constants: { centres, deviation }, classes };
  const points = madePoints(form, (uniform, normalX, normalY, out, at) => {
    const mode = Math.floor(uniform * centres.length);
    const [x, y] = centres[mode]!;
    out[at] = x + deviation * normalX;
    out[at + 1] = y + deviation * normalY;
    return mode;
  });
  return { ...points, centres, deviation };
}
