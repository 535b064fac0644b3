import { positiveNumber } from '../base/index.ts';
import { type Images, type Plane, planeOf } from './images.ts';

/** Weights of the five scales, finest first: Wang, Simoncelli and Bovik (2003), section 3.2. */
const weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
const [k1, k2] = [0.01, 0.03];

/**
 * The multi-scale structural similarity of two images, 1 for equal ones, clipped at 0: Wang,
 * Simoncelli and Bovik, Multiscale Structural Similarity for Image Quality Assessment (2003),
 * equation 7, with an 11x11 window of deviation 1.5. Where a scale is smaller than the window,
 * window and deviation shrink with it. Sides are padded with their last pixel to a multiple of 16,
 * so that every scale can be halved. Channels are averaged.
 * @param range the difference between the darkest and the brightest pixel: 2 for images in [-1, 1]
 * @throws RangeError for images of other sizes
 */
export function msSsim(
  images: Images,
  first: number,
  second: number,
  { range = 2, other = images }: { readonly range?: number; readonly other?: Images } = {},
): number {
  positiveNumber('msSsim: range', range);
  if (other.height !== images.height || other.width !== images.width || other.channels !== images.channels)
    throw new RangeError('msSsim: expected two images of one size');
  let sum = 0;
  for (let c = 0; c < images.channels; c++)
    sum += ofPlanes(padded(planeOf(images, first, c)), padded(planeOf(other, second, c)), range);
  return sum / images.channels;
}

function ofPlanes(a: Plane, b: Plane, range: number): number {
  let [x, y, product] = [a, b, 1];
  weights.forEach((weight, scale) => {
    if (scale > 0) [x, y] = [halved(x), halved(y)];
    const { similarity, contrast } = compare(x, y, range);
    product *= Math.max(0, scale === weights.length - 1 ? similarity : contrast) ** weight;
  });
  return product;
}

/** Means over all places of the window of l * cs and of cs alone. */
function compare(a: Plane, b: Plane, range: number) {
  const window = gaussian(Math.min(11, a.height, a.width));
  const product = (x: Plane, y: Plane) =>
    filtered({ ...x, data: x.data.map((v, i) => v * y.data[i]!) }, window);
  const [meanA, meanB] = [filtered(a, window), filtered(b, window)];
  const [aa, bb, ab] = [product(a, a), product(b, b), product(a, b)];
  const [c1, c2] = [(k1 * range) ** 2, (k2 * range) ** 2];
  let [similarity, contrast] = [0, 0];
  for (let i = 0; i < meanA.length; i++) {
    const [ma, mb] = [meanA[i]!, meanB[i]!];
    const cs = (2 * (ab[i]! - ma * mb) + c2) / (aa[i]! - ma * ma + bb[i]! - mb * mb + c2);
    contrast += cs / meanA.length;
    similarity += (cs * (2 * ma * mb + c1)) / (ma * ma + mb * mb + c1) / meanA.length;
  }
  return { similarity, contrast };
}

/** A window that sums to 1; the deviation is 1.5 at 11 pixels. */
function gaussian(size: number): Float64Array {
  const deviation = (1.5 * size) / 11;
  const bell = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * deviation ** 2)),
  );
  const sum = bell.reduce((total, value) => total + value, 0);
  return bell.map((value) => value / sum);
}

/** The window along both axes, only where it fits. */
function filtered({ height, width, data }: Plane, window: Float64Array): Float64Array {
  const [down, across] = [height - window.length + 1, width - window.length + 1];
  const rows = new Float64Array(height * across);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < across; x++)
      for (let t = 0; t < window.length; t++) rows[y * across + x]! += window[t]! * data[y * width + x + t]!;
  const both = new Float64Array(down * across);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++)
      for (let t = 0; t < window.length; t++)
        both[y * across + x]! += window[t]! * rows[(y + t) * across + x]!;
  return both;
}

/** The mean of each 2x2 square. */
function halved({ width, height, data }: Plane): Plane {
  const [down, across] = [height / 2, width / 2];
  const half = Float64Array.from({ length: down * across }, (_, i) => {
    const at = 2 * Math.floor(i / across) * width + 2 * (i % across);
    return (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
  });
  return { height: down, width: across, data: half };
}

/** Centred on sides that are multiples of 16; the border is repeated. */
function padded({ height, width, data }: Plane): Plane {
  const [down, across] = [16 * Math.ceil(height / 16), 16 * Math.ceil(width / 16)];
  const [top, left] = [(down - height) >> 1, (across - width) >> 1];
  const inside = (at: number, size: number) => Math.min(size - 1, Math.max(0, at));
  const wide = Float64Array.from({ length: down * across }, (_, i) => {
    const [y, x] = [Math.floor(i / across) - top, (i % across) - left];
    return data[inside(y, height) * width + inside(x, width)]!;
  });
  return { height: down, width: across, data: wide };
}
