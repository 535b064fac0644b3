import type { Value } from '../engine/index.ts';
import { Raster } from './raster.ts';

const gap = 2;
const smallestCell = 48;

/**
 * Images side by side, row by row, in a grid as square as their number allows, small ones enlarged
 * by a whole factor.
 * @param images float32 [count, height, width, 1 or 3] in [-1, 1]; values outside are cut off
 * @param across images in a row
 * @throws RangeError for another shape
 */
export function imageGrid(images: Value, across?: number): Raster {
  const [count = 0, height = 0, width = 0, channels = 0] = images.shape;
  if (images.shape.length !== 4 || count === 0 || (channels !== 1 && channels !== 3)) {
    throw new RangeError(
      `imageGrid: expected images of shape [count, height, width, 1 or 3], got [${images.shape}]`,
    );
  }
  const columns = across ?? Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const scale = Math.max(1, Math.ceil(smallestCell / width));
  const [cellWidth, cellHeight] = [width * scale + gap, height * scale + gap];
  const raster = new Raster(columns * cellWidth + gap, rows * cellHeight + gap, [32, 32, 32]);
  for (let image = 0; image < count; image++) {
    const left = gap + (image % columns) * cellWidth;
    const top = gap + Math.floor(image / columns) * cellHeight;
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const pixel = ((image * height + Math.floor(y / scale)) * width + Math.floor(x / scale)) * channels;
        const level = (channel: number) => (images.data[pixel + (channel % channels)]! + 1) * 127.5;
        raster.blend(left + x, top + y, [level(0), level(1), level(2)]);
      }
    }
  }
  return raster;
}
