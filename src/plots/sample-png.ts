import { PNG } from 'pngjs';
import type { Value } from '../engine/index.ts';

/**
 * One image as a PNG file of its own size, grey or in colours.
 * @param images float32 [count, height, width, 1 or 3] in [-1, 1]; values outside are cut off
 * @param index which of them
 * @throws RangeError for another shape
 */
export function samplePng(images: Value, index: number): Buffer {
  const [count = 0, height = 0, width = 0, channels = 0] = images.shape;
  if (images.shape.length !== 4 || index >= count || (channels !== 1 && channels !== 3))
    throw new RangeError(
      `samplePng: expected images of shape [count, height, width, 1 or 3], got [${images.shape}]`,
    );
  const colorType = channels === 1 ? 0 : 2;
  const png = new PNG({ width, height, colorType, inputColorType: colorType });
  const size = height * width * channels;
  const levels = new Uint8ClampedArray(size);
  for (let i = 0; i < size; i++) levels[i] = (images.data[index * size + i]! + 1) * 127.5;
  png.data = Buffer.from(levels.buffer);
  return PNG.sync.write(png, { colorType, inputColorType: colorType, inputHasAlpha: false });
}
