/** The labels of one series. */
export type Labels = Readonly<Record<string, string>>;

/**
 * One number of a counter or gauge. A gauge without a value is not shown. Plain, so that hot code
 * may write `cell.value++`.
 */
export interface Cell {
  readonly labels: Labels;
  value: number | undefined;
}

/** Where an example of an observation is: the span that it was made in. */
export interface Exemplar {
  readonly labelSet: Readonly<Record<'trace_id' | 'span_id', string>>;
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** One series of a histogram. */
export class Buckets {
  readonly labels: Labels;
  readonly #bounds: readonly number[];
  /** How many fell into each bucket, the infinite one last; not cumulated. */
  readonly counts: Float64Array;
  readonly exemplars: (Exemplar | undefined)[];
  sum = 0;
  #last = 0;

  constructor(labels: Labels, bounds: readonly number[]) {
    this.labels = labels;
    this.#bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
    this.exemplars = Array.from({ length: bounds.length + 1 }, () => undefined);
  }

  /** Records a value; `weight` times where it represents several. */
  observe(value: number, weight = 1): void {
    this.counts[this.#bucketOf(value)]! += weight;
    this.sum += value * weight;
  }

  /** Lets the bucket of a value that was observed point to a span. */
  exemplify(exemplar: Exemplar): void {
    this.exemplars[this.#bucketOf(exemplar.value)] = exemplar;
  }

  /** Looked for from where the last one was, since steps are much alike. */
  #bucketOf(value: number): number {
    const bounds = this.#bounds;
    let at = this.#last;
    while (at > 0 && value <= bounds[at - 1]!) at--;
    while (at < bounds.length && !(value <= bounds[at]!)) at++;
    this.#last = at;
    return at;
  }
}
