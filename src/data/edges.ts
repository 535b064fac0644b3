import { finiteNumber } from '../base/index.ts';
import { Value } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';

/**
 * A dataset of images with the part `source`, [h, w, 1]: 1 on the edges of each image, -1
 * elsewhere. An edge is where the Sobel gradient of the mean over the channels is at least
 * `threshold` long and no neighbour along it has a longer one, as in Canny's detector without
 * hysteresis.
 * @param options.threshold length of the gradient, in levels a pixel of an image in [-1, 1]
 * @throws RangeError for data that are no images
 */
export function edges(images: Dataset, options: { readonly threshold?: number } = {}): Dataset {
  const threshold = finiteNumber('threshold', options.threshold ?? 0.25, 0);
  const { kind, name, shape } = images;
  if (kind !== 'images') throw new RangeError(`edges: expected images, got ${name}, which is ${kind}`);
  const [height = 0, width = 0, channels = 0] = shape;
  const source = [height, width, 1];
  return {
    ...images,
    name: `edges:${name}`,
    parts: { ...images.parts, source },
    fingerprint: `edges:threshold=${threshold}:${images.fingerprint}`,
    read(indices, positions) {
      const batch = images.read(indices, positions);
      const count = batch.examples.shape[0]!;
      const found = new Float32Array(count * height * width);
      const each = height * width * channels;
      for (let i = 0; i < count; i++) {
        const image = batch.examples.data.subarray(i * each, (i + 1) * each);
        const grey = meanOfChannels(image, channels);
        found.set(edgesOf(grey, height, width, threshold), i * height * width);
      }
      return {
        ...batch,
        parts: { ...batch.parts, source: new Value('float32', [count, ...source], found) },
      };
    },
  };
}

function meanOfChannels(image: ArrayLike<number>, channels: number): Float32Array {
  return Float32Array.from({ length: image.length / channels }, (_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += image[pixel * channels + channel]!;
    return sum / channels;
  });
}

/** 1 where the gradient is long and longest across the edge, else -1. Borders repeat. */
function edgesOf(grey: Float32Array, height: number, width: number, threshold: number): Float32Array {
  const inside = (at: number, size: number) => Math.min(size - 1, Math.max(0, at));
  const level = (y: number, x: number) => grey[inside(y, height) * width + inside(x, width)]!;
  const [right, down] = [new Float32Array(grey.length), new Float32Array(grey.length)];
  const lengths = new Float32Array(grey.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      for (const [side, weight] of sobel) {
        right[at]! += (weight * (level(y + side, x + 1) - level(y + side, x - 1))) / 8;
        down[at]! += (weight * (level(y + 1, x + side) - level(y - 1, x + side))) / 8;
      }
      lengths[at] = Math.hypot(right[at]!, down[at]!);
    }
  return lengths.map((length, at) => {
    if (length < threshold || length === 0) return -1;
    const [y, x] = [Math.floor(at / width), at % width];
    // The neighbour in the direction of the gradient, rounded to one of eight.
    const [dx, dy] = [Math.round(right[at]! / length), Math.round(down[at]! / length)];
    const neighbour = (sign: number) =>
      lengths[inside(y + sign * dy, height) * width + inside(x + sign * dx, width)]!;
    // Of two equally long ones the darker is the edge, so that a line is one pixel wide.
    return length > neighbour(-1) && length >= neighbour(1) ? 1 : -1;
  });
}

/** Rows of the Sobel operator with their weights. */
const sobel = [
  [-1, 1],
  [0, 2],
  [1, 1],
] as const;
