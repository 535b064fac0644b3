import type { Rows } from '../../src/evaluation/index.ts';

/** Rows of doubles from a formula. */
export function rows(count: number, width: number, at: (i: number, j: number) => number): Rows {
  const data = Float64Array.from({ length: count * width }, (_, n) => at(Math.floor(n / width), n % width));
  return { shape: [count, width], data };
}

/** The fixed arrays whose scores are known in double precision. */
export const A = rows(64, 4, (i, j) => Math.sin(1 + 1.7 * i + 0.9 * j + 0.3 * i * j));
export const B = rows(64, 4, (i, j) => 0.8 * Math.sin(2 + 1.3 * i + 1.1 * j + 0.2 * i * j) + 0.3);

/** The same without the mixed term: covariances of rank 2. */
export const flatA = rows(64, 4, (i, j) => Math.sin(1 + 1.7 * i + 0.9 * j));
export const flatB = rows(64, 4, (i, j) => 0.8 * Math.sin(2 + 1.3 * i + 1.1 * j) + 0.3);

/** Each element changed by a function of it and its column. */
export function changed({ shape, data }: Rows, change: (value: number, column: number) => number): Rows {
  return { shape, data: Float64Array.from(data, (value, n) => change(value, n % shape[1]!)) };
}

export const shifted = (given: Rows, by: number) => changed(given, (value) => value + by);

/** Columns as a vector. */
export const column = ({ shape, data }: Rows, j: number) =>
  Float64Array.from({ length: shape[0]! }, (_, i) => data[i * shape[1]! + j]!);

/** Rows in another order: every `step`-th, where step and count have no common factor. */
export function reordered({ shape, data }: Rows, step = 27): Rows {
  const [count = 0, width = 0] = shape;
  return rows(count, width, (i, j) => data[((i * step) % count) * width + j]!);
}

/** A step in the plane of columns 0 and 1, one in that of 2 and 3, and a shift. */
export function moved({ shape, data }: Rows, angle: number, by: number): Rows {
  const [count = 0, width = 0] = shape;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return rows(count, width, (i, j) => {
    const [own, other] = [data[i * width + j]!, data[i * width + (j ^ 1)]!];
    return cosine * own + (j % 2 === 0 ? -sine : sine) * other + by;
  });
}

/** Both, one under the other. */
export function stacked(a: Rows, b: Rows): Rows {
  return {
    shape: [a.shape[0]! + b.shape[0]!, a.shape[1]!],
    data: Float64Array.from([...Array.from(a.data), ...Array.from(b.data)]),
  };
}

/** A slice of rows. */
export function some({ shape, data }: Rows, start: number, end: number): Rows {
  const width = shape[1]!;
  return { shape: [end - start, width], data: Array.from(data).slice(start * width, end * width) };
}
