import { wholeNumber } from '../base/index.ts';
import { type Colour, Raster } from './raster.ts';

/** A table of numbers to be seen as colours. */
export interface HeatMap {
  /** Row by row; the first row is drawn at the top. A number that is not finite is grey. */
  readonly values: ArrayLike<number>;
  readonly columns: number;
  /**
   * A path over the map, in cells from the upper left corner: [column, row], halves in the middle
   * of a cell.
   */
  readonly path?: readonly (readonly [column: number, row: number])[];
}

/**
 * Low to high: dark blue, blue, green, yellow. The lightness increases, so that the values differ
 * without colour as well.
 */
const scale: readonly Colour[] = [
  [38, 24, 92],
  [49, 92, 150],
  [50, 158, 142],
  [158, 206, 92],
  [250, 226, 64],
];
const nothing: Colour = [150, 150, 150];
const way: Colour = [214, 72, 38];

/**
 * A table as a picture about 640 pixels wide, from its lowest number (dark) to its highest (light),
 * with a path over it: the start is a ring, the end a disc.
 * @throws RangeError when the numbers do not fill the rows
 */
export function heatMap({ values, columns, path = [] }: HeatMap): Raster {
  wholeNumber('heatMap: columns', columns, 1);
  if (values.length === 0 || values.length % columns !== 0)
    throw new RangeError(`heatMap: expected full rows of ${columns} numbers, got ${values.length} numbers`);
  const cell = Math.max(2, Math.floor(640 / columns));
  const raster = new Raster(columns * cell, (values.length / columns) * cell);
  const finite = Array.from(values).filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const span = finite.reduce((most, value) => Math.max(most, value), -Infinity) - low;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const colour = Number.isFinite(value) ? colourAt(span > 0 ? (value - low) / span : 0) : nothing;
    paint(raster, (i % columns) * cell, Math.floor(i / columns) * cell, cell, colour);
  }
  draw(raster, path, cell);
  return raster;
}

/** The colour at a share of the scale, from 0 to 1. */
function colourAt(share: number): Colour {
  const place = share * (scale.length - 1);
  const before = Math.min(Math.floor(place), scale.length - 2);
  const [from, to] = [scale[before]!, scale[before + 1]!];
  const mix = (i: 0 | 1 | 2) => from[i] + (to[i] - from[i]) * (place - before);
  return [mix(0), mix(1), mix(2)];
}

function paint(raster: Raster, left: number, top: number, cell: number, colour: Colour): void {
  for (let y = top; y < top + cell; y++) for (let x = left; x < left + cell; x++) raster.blend(x, y, colour);
}

function draw(raster: Raster, path: NonNullable<HeatMap['path']>, cell: number): void {
  for (let i = 1; i < path.length; i++) {
    const [from, to] = [path[i - 1]!, path[i]!];
    const dots = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * cell));
    for (let dot = 0; dot <= dots; dot++) {
      const share = dot / dots;
      const [x, y] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
      raster.disc(x * cell, y * cell, 1.5, way, 0.8);
    }
  }
  const [first, last] = [path[0], path.at(-1)];
  if (first !== undefined) raster.circle(first[0] * cell, first[1] * cell, 6, [255, 255, 255]);
  if (last !== undefined) raster.disc(last[0] * cell, last[1] * cell, 5, way);
}
