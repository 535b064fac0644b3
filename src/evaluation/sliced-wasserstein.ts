import { oneOf, wholeNumber } from '../base/index.ts';
import { keyOf, normals } from '../engine/index.ts';
import { type Matrix, matrixOf, pairOf, type Rows } from './rows.ts';
import { transportCost } from './wasserstein-1d.ts';

/** Options of the slices. */
export interface SlicedOptions {
  /** Unit vectors to project on, [count, width], or how many random ones. @default 128 */
  readonly directions?: Rows | number;
  /** 1: mean of W1 over the directions. 2: root of the mean of W2 squared. @default 1 */
  readonly order?: 1 | 2;
  /** Which random directions. @default 0 */
  readonly seed?: number;
}

/**
 * The sliced Wasserstein distance: that of projections on directions, which in one dimension is
 * exact and cheap, on average. Rabin et al., Wasserstein Barycenter and Its Application to Texture
 * Mixing (2011), equation 6. Sizes may differ. Units: those of the samples.
 * @param a [count, width]
 * @param b [count, width]
 * @throws RangeError for other widths, numbers that are not finite or a wrong option
 */
export function slicedWasserstein(a: Rows, b: Rows, options: SlicedOptions = {}): number {
  const [first, second] = pairOf('slicedWasserstein', a, b);
  const order = Number(oneOf('slicedWasserstein: order', String(options.order ?? 1), ['1', '2'])) as 1 | 2;
  const { count, width, data } = directionsOf(options, first.width);
  let sum = 0;
  for (let i = 0; i < data.length; i += width) {
    const direction = data.subarray(i, i + width);
    sum += transportCost(projected(first, direction), projected(second, direction), order);
  }
  return order === 1 ? sum / count : Math.sqrt(sum / count);
}

function directionsOf({ directions = 128, seed = 0 }: SlicedOptions, width: number): Matrix {
  if (typeof directions === 'number') {
    const count = wholeNumber('slicedWasserstein: directions', directions, 1);
    return unitVectors(matrixOf('directions', normals(keyOf(seed, 'slices'), [count, width])));
  }
  const given = matrixOf('slicedWasserstein: directions', directions);
  if (given.width === width) return given;
  throw new RangeError(
    `slicedWasserstein: expected directions of ${width} columns, as the samples have, got ${given.width}`,
  );
}

function unitVectors(matrix: Matrix): Matrix {
  const { count, width, data } = matrix;
  for (let i = 0; i < count; i++) {
    const row = data.subarray(i * width, (i + 1) * width);
    const length = Math.hypot(...row);
    for (let k = 0; k < width; k++) row[k]! /= length;
  }
  return matrix;
}

/** The places along a direction, sorted. */
function projected({ count, width, data }: Matrix, direction: Float64Array): Float64Array {
  const places = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += data[at++]! * direction[k]!;
    places[i] = sum;
  }
  return places.sort();
}
