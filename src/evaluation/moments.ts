import { matrixOf, type Rows } from './rows.ts';

/**
 * Mean and covariance of rows that arrive in parts. Parts may be gathered apart and merged in any
 * order (Chan, Golub and LeVeque, 1983): nothing is kept but `width` squared numbers, and a common
 * shift of all rows costs no digits.
 */
export class Moments {
  readonly width: number;
  #count = 0;
  readonly #mean: Float64Array;
  /** Sum of (x - mean) (x - mean)^T, row-major; both triangles are kept. */
  readonly #scatter: Float64Array;

  constructor(width: number) {
    this.width = width;
    this.#mean = new Float64Array(width);
    this.#scatter = new Float64Array(width * width);
  }

  /**
   * The moments of rows, [count, width]. @throws RangeError for rows that are none or not finite
   */
  static of(rows: Rows): Moments {
    return new Moments(rows.shape[1] ?? 0).add(rows);
  }

  get count(): number {
    return this.#count;
  }

  /** The mean row, [width]. */
  get mean(): Float64Array {
    return this.#mean.slice();
  }

  /**
   * The covariance with divisor count - 1, [width, width] row-major. @throws RangeError below two
   * rows
   */
  get covariance(): Float64Array {
    if (this.#count < 2) throw new RangeError(`covariance: expected at least 2 samples, got ${this.#count}`);
    return this.#scatter.map((sum) => sum / (this.#count - 1));
  }

  /** The sum of the variances of all columns; 0 for rows that are all the same. */
  get totalVariance(): number {
    let sum = 0;
    for (let i = 0; i < this.width; i++) sum += this.#scatter[i * (this.width + 1)]!;
    return sum / Math.max(1, this.#count - 1);
  }

  /**
   * Takes in more rows, [count, width]. @returns itself. @throws RangeError for another width or
   * numbers not finite
   */
  add(rows: Rows): this {
    const { count, width, data } = matrixOf('moments', rows);
    if (width !== this.width)
      throw new RangeError(`moments: expected rows of ${this.width} columns, got ${width}`);
    // Relative to the first row, so that rows that are all the same have a variance of exactly 0.
    const mean = data.slice(0, width);
    for (let i = 0; i < data.length; i++) mean[i % width]! += (data[i]! - data[i % width]!) / count;
    const scatter = new Float64Array(width * width);
    const row = new Float64Array(width);
    for (let i = 0; i < count; i++) {
      for (let a = 0; a < width; a++) row[a] = data[i * width + a]! - mean[a]!;
      addSquare(scatter, row);
    }
    return this.#join(count, mean, mirrored(scatter, width));
  }

  /** Takes in what another has gathered. @returns itself. @throws RangeError for another width */
  merge(other: Moments): this {
    if (other.width !== this.width)
      throw new RangeError(`moments: expected moments of ${this.width} columns, got ${other.width}`);
    return this.#join(other.#count, other.#mean, other.#scatter);
  }

  #join(count: number, mean: Float64Array, scatter: Float64Array): this {
    const total = this.#count + count;
    if (count === 0) return this;
    const between = (this.#count * count) / total;
    const { width } = this;
    const shift = mean.map((value, a) => value - this.#mean[a]!);
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++)
        this.#scatter[a * width + b]! += scatter[a * width + b]! + between * shift[a]! * shift[b]!;
    for (let a = 0; a < width; a++) this.#mean[a]! += (shift[a]! * count) / total;
    this.#count = total;
    return this;
  }
}

/** Adds x x^T to the lower triangle. */
function addSquare(sum: Float64Array, x: Float64Array): void {
  for (let a = 0; a < x.length; a++) {
    const [scale, at] = [x[a]!, a * x.length];
    for (let b = 0; b <= a; b++) sum[at + b]! += scale * x[b]!;
  }
}

function mirrored(lower: Float64Array, width: number): Float64Array {
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) lower[b * width + a] = lower[a * width + b]!;
  return lower;
}
