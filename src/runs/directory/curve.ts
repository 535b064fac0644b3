import { wholeNumber } from '../../base/index.ts';

/** A curve as it is drawn, column by column: a bucket of neighbouring points each. */
export interface Columns {
  /** Step of the first point of each bucket. */
  readonly index: number[];
  /** Seconds spent in steps up to that point. */
  readonly time: number[];
  readonly mean: number[];
  /** Lowest and highest point of each bucket; absent where every bucket is one point. */
  readonly min?: number[];
  readonly max?: number[];
}

/** A bucket: some neighbouring points of a curve. */
interface Bucket {
  readonly index: number;
  readonly time: number;
  min: number;
  max: number;
  sum: number;
  count: number;
}

/**
 * A curve of bounded size, however long a run goes on: points are gathered in buckets that keep
 * their lowest, highest and mean value, so that no spike is lost. Where the buckets run out, each
 * takes in its neighbour and they are as wide again.
 */
export class Curve {
  readonly #capacity: number;
  #buckets: Bucket[] = [];
  /** Points that make a bucket full. */
  #width = 1;

  /** @param capacity the most buckets it keeps, an even number */
  constructor(capacity = 2048) {
    this.#capacity = wholeNumber('capacity', capacity, 2);
  }

  /** Adds a point behind all others. */
  add(index: number, time: number, value: number): void {
    const last = this.#buckets.at(-1);
    if (last !== undefined && last.count < this.#width) {
      if (value < last.min) last.min = value;
      if (value > last.max) last.max = value;
      last.sum += value;
      last.count++;
      return;
    }
    if (this.#buckets.length === this.#capacity) {
      this.#buckets = merged(this.#buckets, 2);
      this.#width *= 2;
      this.add(index, time, value);
      return;
    }
    this.#buckets.push({ index, time, min: value, max: value, sum: value, count: 1 });
  }

  /** Whether the points of a stretch would be shown as they are, not gathered. */
  get exact(): boolean {
    return this.#width === 1;
  }

  /**
   * The part of the curve from one step to another (inclusive), in at most `max` buckets. A bucket
   * that begins before the stretch and reaches into it is part of it.
   */
  columns(max: number, from = 0, to = Infinity): Columns {
    const all = this.#buckets;
    const after = all.findIndex(({ index }) => index > to);
    const end = after === -1 ? all.length : after;
    const next = all.findIndex(({ index }) => index > from);
    const begin = Math.max(0, (next === -1 ? all.length : next) - 1);
    const part = all.slice(begin, Math.max(begin, end));
    const shown = merged(part, Math.ceil(part.length / wholeNumber('max', max, 1)));
    const columns = {
      index: shown.map(({ index }) => index),
      time: shown.map(({ time }) => rounded(time)),
      mean: shown.map(({ sum, count }) => rounded(sum / count)),
    };
    if (shown.every(({ count }) => count === 1)) return columns;
    return {
      ...columns,
      min: shown.map(({ min }) => rounded(min)),
      max: shown.map(({ max }) => rounded(max)),
    };
  }
}

/** Buckets of `size` neighbours each. */
function merged(buckets: readonly Bucket[], size: number): Bucket[] {
  const wider: Bucket[] = [];
  for (let i = 0; i < buckets.length; i += size) {
    const bucket = { ...buckets[i]! };
    for (const { min, max, sum, count } of buckets.slice(i + 1, i + size)) {
      if (min < bucket.min) bucket.min = min;
      if (max > bucket.max) bucket.max = max;
      bucket.sum += sum;
      bucket.count += count;
    }
    wider.push(bucket);
  }
  return wider;
}

/** Six digits are more than a screen can show. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
