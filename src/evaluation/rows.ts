import { show } from '../base/index.ts';

/**
 * Samples or features, one a row: shape [count, width], row-major. Every `Value` is one; a
 * Float64Array as data keeps all digits, which a `Value` cannot.
 */
export interface Rows {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Rows that have been checked, in double precision. */
export interface Matrix {
  readonly count: number;
  readonly width: number;
  /** [count * width], row-major, all finite. */
  readonly data: Float64Array;
}

/**
 * The rows as a matrix of doubles.
 * @param least how many rows there must be
 * @throws RangeError for another rank, too few rows, or a number that is not finite (naming where
 * it is)
 */
export function matrixOf(name: string, { shape, data }: Rows, least = 1): Matrix {
  const [count = 0, width = 0] = shape;
  if (shape.length !== 2 || width < 1 || data.length !== count * width)
    throw new RangeError(`${name}: expected rows of shape [count, width], got [${shape}]`);
  if (count < least) throw new RangeError(`${name}: expected at least ${least} rows, got ${count}`);
  const numbers = Float64Array.from(data);
  const bad = numbers.findIndex((number) => !Number.isFinite(number));
  if (bad < 0) return { count, width, data: numbers };
  const place = `row ${Math.floor(bad / width)}, column ${bad % width}`;
  throw new RangeError(`${name}: expected finite numbers, got ${show(numbers[bad])} in ${place}`);
}

/**
 * Real and generated rows as matrices that may be compared.
 * @throws RangeError for what `matrixOf` refuses, or for different widths
 */
export function pairOf(name: string, real: Rows, generated: Rows, least = 1): readonly [Matrix, Matrix] {
  const pair = [
    matrixOf(`${name}: real`, real, least),
    matrixOf(`${name}: generated`, generated, least),
  ] as const;
  const [{ width }, other] = pair;
  if (width === other.width) return pair;
  throw new RangeError(
    `${name}: expected as many columns as the real rows have, ${width}, got ${other.width}`,
  );
}

/** A view of the rows from `start` to below `end`. */
export function rowsFrom({ count, width, data }: Matrix, start: number, end: number): Matrix {
  const last = Math.min(end, count);
  return { count: last - start, width, data: data.subarray(start * width, last * width) };
}

/** A copy of the rows of these numbers, in this order. */
export function gatherRows({ width, data }: Matrix, numbers: ArrayLike<number>): Matrix {
  const gathered = new Float64Array(numbers.length * width);
  for (let i = 0; i < numbers.length; i++)
    gathered.set(data.subarray(numbers[i]! * width, (numbers[i]! + 1) * width), i * width);
  return { count: numbers.length, width, data: gathered };
}
