import { sizeOf, Value } from '../engine/index.ts';
import { imageGrid } from './image-grid.ts';
import type { Raster } from './raster.ts';

/**
 * Images that belong together side by side, such as sources, what is made of them, and the truth:
 * in a grid whose cells are such groups. Grey images are shown beside colours as greys, smaller
 * ones enlarged by repeated pixels.
 * @param groups float32 [count, height, width, 1 or 3] in [-1, 1] each, of one count
 * @throws RangeError when there is none, or their counts differ
 */
export function imageRows(groups: readonly Value[]): Raster {
  const [first] = groups;
  const count = first?.shape[0] ?? 0;
  const other = groups.find(({ shape }) => shape[0] !== count);
  if (first === undefined || other !== undefined)
    throw new RangeError(
      `imageRows: expected groups of one count, got ${groups.map(({ shape }) => `[${shape}]`).join(', ') || 'none'}`,
    );
  const height = Math.max(...groups.map(({ shape }) => shape[1]!));
  const width = Math.max(...groups.map(({ shape }) => shape[2]!));
  const channels = Math.max(...groups.map(({ shape }) => shape[3]!));
  const shape = [count * groups.length, height, width, channels];
  const data = new Float32Array(sizeOf(shape));
  let at = 0;
  for (let row = 0; row < count; row++)
    for (const { shape: own, data: from } of groups) {
      const [, rows = 0, columns = 0, depth = 0] = own;
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const [top, left] = [Math.floor((y * rows) / height), Math.floor((x * columns) / width)];
          const pixel = ((row * rows + top) * columns + left) * depth;
          for (let c = 0; c < channels; c++) data[at++] = from[pixel + (c % depth)]!;
        }
    }
  const across = Math.ceil(Math.sqrt(count / groups.length));
  return imageGrid(new Value('float32', shape, data), across * groups.length);
}
