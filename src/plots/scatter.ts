import type { Value } from '../engine/index.ts';
import { type Colour, Raster } from './raster.ts';

const side = 640;
const margin = 24;
const real: Colour = [170, 176, 186];
const made: Colour = [214, 72, 38];
const ring: Colour = [40, 96, 160];

/** What may be drawn round the points: the circles within which a sample counts as high quality. */
export interface Circles {
  readonly centres: readonly (readonly [number, number])[];
  readonly radius: number;
}

/**
 * Samples (orange) over data (grey) in the plane, on a square of 640 pixels with y upwards. The
 * data decides the scale, so pictures of one run can be compared; samples outside are not drawn.
 * @param samples float32 [count, 2]
 * @param data float32 [count, 2]
 * @throws RangeError for another shape
 */
export function scatter(samples: Value, data: Value, circles?: Circles): Raster {
  for (const points of [samples, data]) {
    if (points.shape.length !== 2 || points.shape[1] !== 2) {
      throw new RangeError(`scatter: expected points of shape [count, 2], got [${points.shape}]`);
    }
  }
  let reach = 1e-9;
  for (const coordinate of data.data) reach = Math.max(reach, 1.1 * Math.abs(coordinate));
  const scale = (side - 2 * margin) / (2 * reach);
  const raster = new Raster(side, side);
  const draw = (points: Value, radius: number, colour: Colour, opacity: number) => {
    for (let i = 0; i < points.data.length; i += 2) {
      raster.disc(
        side / 2 + points.data[i]! * scale,
        side / 2 - points.data[i + 1]! * scale,
        radius,
        colour,
        opacity,
      );
    }
  };
  draw(data, 1.5, real, 0.6);
  draw(samples, 1.5, made, 0.6);
  for (const [x, y] of circles?.centres ?? []) {
    raster.circle(side / 2 + x * scale, side / 2 - y * scale, circles!.radius * scale, ring, 0.8);
  }
  return raster;
}
