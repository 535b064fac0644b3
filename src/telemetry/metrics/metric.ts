/** Where a metric is used: on a dashboard, by an alert rule, or only for debugging Weir itself. */
export type MetricPlace = 'overview' | 'gan' | 'rl' | 'streams' | 'runtime' | 'compare' | 'rule' | 'internal';

/** What a number counts or measures. `none` is for scores that have no unit. */
export type Unit = 'seconds' | 'bytes' | 'ratio' | 'nats' | 'steps' | 'items' | 'timestamp' | 'info' | 'none';

/**
 * The values that a label can take: a closed list; `names`, which the program gives (players,
 * stages), of which a registry takes so many and calls the rest `other`; or `identity`, which has
 * one value in a process.
 */
export type LabelValues = readonly string[] | 'names' | 'identity';

/** One metric of the catalogue. */
export interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly unit: Unit;
  /** One sentence. */
  readonly help: string;
  /** Beside `run`, which every metric has. */
  readonly labels: Readonly<Record<string, LabelValues>>;
  readonly shown: readonly MetricPlace[];
  /** Upper bounds of a histogram, without the infinite one. */
  readonly buckets?: readonly number[];
  /** Whether its buckets may point to spans. */
  readonly exemplars?: true;
  /**
   * The values of events (`StepEvent.values`) or evaluations that it shows, each with the labels
   * that it gets.
   */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Made by prom-client and not by this registry. */
  readonly standard?: true;
}

/** What a row of the table may say beside type, unit, help and place. */
type More = Partial<Pick<Metric, 'labels' | 'exemplars' | 'values'>>;

/** A number that only grows. */
export function counter(unit: Unit, help: string, shown: readonly MetricPlace[], more: More = {}): Metric {
  return { type: 'counter', unit, help, labels: {}, shown, ...more };
}

/** A number that goes up and down. */
export function gauge(unit: Unit, help: string, shown: readonly MetricPlace[], more: More = {}): Metric {
  return { type: 'gauge', unit, help, labels: {}, shown, ...more };
}

/** A distribution in buckets. */
export function histogram(
  unit: Unit,
  help: string,
  shown: readonly MetricPlace[],
  more: More & { readonly buckets: readonly number[] },
): Metric {
  return { type: 'histogram', unit, help, labels: {}, shown, ...more };
}
