import { wholeNumber } from '../base/index.ts';
import { fold, integer, keyOf } from '../engine/index.ts';
import { type Images, imagesOf, type Plane, planeOf } from './images.ts';
import { laplacianPyramid } from './laplacian-pyramid.ts';
import type { Rows } from './rows.ts';
import { slicedWasserstein } from './sliced-wasserstein.ts';

/** Options of patches and slices. */
export interface PyramidOptions {
  /** Random 7x7 patches of each image at each level. @default 128 */
  readonly patches?: number;
  /** Random directions. @default 512 */
  readonly directions?: number;
  /** The least side of a level. @default 16, or 7 for images below 32 */
  readonly smallest?: number;
  /** Which patches and directions. @default 0 */
  readonly seed?: number;
}

/** The distance at one scale, times 1,000 as it is published. */
export interface LevelDistance {
  /** Height of the level in pixels. */
  readonly side: number;
  readonly distance: number;
}

/** The side of a patch. */
const patch = 7;

/**
 * The sliced Wasserstein distance of image patches at every level of a Laplacian pyramid, times
 * 1,000, finest first: Karras et al., Progressive Growing of GANs (arXiv:1710.10196), section 5.
 * Patches are normalised to mean 0 and deviation 1 by level and channel. Fine levels measure
 * texture, coarse ones structure.
 * @param real images [count, height, width, channels]
 * @param generated images of the same size
 * @throws RangeError for other shapes, numbers that are not finite, images below 7x7 or a wrong
 * option
 */
export function pyramidDistance(real: Rows, generated: Rows, options: PyramidOptions = {}): LevelDistance[] {
  const [r, g] = [imagesOf('pyramidDistance', real), imagesOf('pyramidDistance', generated)];
  if (r.height !== g.height || r.width !== g.width || r.channels !== g.channels)
    throw new RangeError(
      `pyramidDistance: expected images of [${real.shape.slice(1)}], got [${generated.shape.slice(1)}]`,
    );
  const side = Math.min(r.height, r.width);
  const smallest = wholeNumber(
    'pyramidDistance: smallest',
    options.smallest ?? (side < 32 ? patch : 16),
    patch,
    side,
  );
  const patches = wholeNumber('pyramidDistance: patches', options.patches ?? 128, 1);
  const { directions = 512, seed = 0 } = options;
  const [ofReal, ofGenerated] = [r, g].map((images) => descriptors(images, smallest, patches, seed));
  return ofReal!.map(({ side, rows }, level) => ({
    side,
    distance: 1000 * slicedWasserstein(rows, ofGenerated![level]!.rows, { directions, seed }),
  }));
}

/** Normalised patches of all images, by level. */
function descriptors(images: Images, smallest: number, patches: number, seed: number) {
  const { count, channels } = images;
  const width = patch * patch * channels;
  const levels: { side: number; data: Float32Array }[] = [];
  for (let i = 0; i < count; i++) {
    const pyramids = Array.from({ length: channels }, (_, c) =>
      laplacianPyramid(planeOf(images, i, c), smallest),
    );
    pyramids[0]!.forEach(({ height }, level) => {
      levels[level] ??= { side: height, data: new Float32Array(count * patches * width) };
      const key = fold(fold(keyOf(seed, 'patches'), level), i);
      for (let p = 0; p < patches; p++) {
        const out = levels[level]!.data.subarray((i * patches + p) * width, (i * patches + p + 1) * width);
        cut(
          pyramids.map((pyramid) => pyramid[level]!),
          integer(fold(key, p), 2 ** 31),
          out,
        );
      }
    });
  }
  return levels.map(({ side, data }) => ({
    side,
    rows: { shape: [count * patches, width], data: normalised(data, channels) },
  }));
}

/** Copies the patch at a random place; channels come one after the other. */
function cut(planes: readonly Plane[], place: number, out: Float32Array): void {
  const { height, width } = planes[0]!;
  const [down, across] = [height - patch + 1, width - patch + 1];
  const [top, left] = [Math.floor(place / across) % down, place % across];
  planes.forEach(({ data }, c) => {
    for (let y = 0; y < patch; y++) {
      const start = (top + y) * width + left;
      out.set(data.subarray(start, start + patch), (c * patch + y) * patch);
    }
  });
}

/**
 * Mean 0 and deviation 1 of each channel over all patches; a channel that is the same everywhere
 * becomes 0.
 */
function normalised(data: Float32Array, channels: number): Float32Array {
  const area = patch * patch;
  const n = data.length / channels;
  for (let c = 0; c < channels; c++) {
    const each = (visit: (value: number, at: number) => void) => {
      for (let start = c * area; start < data.length; start += channels * area)
        for (let at = start; at < start + area; at++) visit(data[at]!, at);
    };
    let [sum, squares] = [0, 0];
    each((value) => (sum += value));
    const mean = sum / n;
    each((value) => (squares += (value - mean) ** 2));
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares / n);
    each((value, at) => (data[at] = (value - mean) * scale));
  }
  return data;
}
