/**
 * @typedef {{ index: number[], time: number[], mean: number[], min?: number[], max?: number[] }}
 * Columns
 */

const most = 4000;

/**
 * A curve as it is drawn: buckets of neighbouring points, to which a running run adds points one by
 * one.
 */
export class Points {
  /** @param {Columns} [columns] as the server sends them */
  constructor(columns = { index: [], time: [], mean: [] }) {
    const { index, time, mean, min = mean, max = mean } = columns;
    this.index = [...index];
    this.time = [...time];
    this.mean = [...mean];
    this.min = [...min];
    this.max = [...max];
  }

  /**
   * Adds a point at the end; where there are too many, neighbours become one bucket.
   * @param {number} index
   * @param {number} time
   * @param {number} value
   */
  add(index, time, value) {
    this.index.push(index);
    this.time.push(time);
    this.mean.push(value);
    this.min.push(value);
    this.max.push(value);
    if (this.index.length > most) this.halve();
  }

  halve() {
    const first = (/** @type {number[]} */ values) => values.filter((_, i) => i % 2 === 0);
    const pairs = (/** @type {number[]} */ values, /** @type {(a: number, b: number) => number} */ one) =>
      first(values).map((value, i) => one(value, values[2 * i + 1] ?? value));
    this.index = first(this.index);
    this.time = first(this.time);
    this.mean = pairs(this.mean, (a, b) => (a + b) / 2);
    this.min = pairs(this.min, Math.min);
    this.max = pairs(this.max, Math.max);
  }
}

/**
 * An exponential moving average that does not lean towards where it began (Kingma and Ba,
 * arXiv:1412.6980, section 3).
 * @param {readonly number[]} values
 * @param {number} weight of the past: 0 smooths nothing
 * @returns {number[]}
 */
export function smoothed(values, weight) {
  let average = 0;
  let sum = 0;
  return values.map((value) => {
    average = weight * average + (1 - weight) * value;
    sum = weight * sum + 1 - weight;
    return average / sum;
  });
}

/**
 * What lies between the lowest and the highest two hundredth, so that a few spikes do not flatten
 * the rest.
 * @param {readonly number[]} values
 * @returns {[number, number]}
 */
export function withoutOutliers(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const at = (/** @type {number} */ share) =>
    /** @type {number} */ (sorted[Math.round(share * (sorted.length - 1))]);
  return [at(0.005), at(0.995)];
}
