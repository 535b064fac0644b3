import type { MetricName } from '../metrics/catalogue.ts';
import type { Labels } from '../metrics/series.ts';
import type { Series, SeriesSummary } from './condition.ts';

/** What a metric was at one moment. */
interface Snapshot {
  readonly time: number;
  readonly samples: ReadonlyMap<string, Point>;
}

interface Point {
  readonly time: number;
  readonly labels: Labels;
  readonly value: number;
}

/** One number for each combination of the labels of a series, by those labels. */
export type Values = ReadonlyMap<string, { readonly labels: Labels; readonly value: number }>;

/**
 * What the metrics were in the past, as far as the conditions look back: what Prometheus keeps on
 * its disk.
 */
export class History {
  readonly #seconds = new Map<MetricName, number>();
  readonly #snapshots = new Map<MetricName, Snapshot[]>();

  /** @param read all series that will be asked for */
  constructor(read: readonly Series[]) {
    for (const { metric, over } of read) {
      const seconds = over === undefined ? 0 : over.seconds + (over.ago ?? 0);
      this.#seconds.set(metric, Math.max(seconds, this.#seconds.get(metric) ?? 0));
    }
  }

  /** The metrics that must be recorded. */
  get metrics(): Iterable<MetricName> {
    return this.#seconds.keys();
  }

  /**
   * Records the present samples of a metric and drops those that no rule can read any more. @param
   * time in seconds
   */
  record(
    metric: MetricName,
    time: number,
    samples: readonly { readonly labels: Labels; readonly value: number }[],
  ): void {
    const snapshots = this.#snapshots.get(metric) ?? [];
    const points = samples.map(({ labels, value }) => [keyOf(labels), { time, labels, value }] as const);
    snapshots.push({ time, samples: new Map(points) });
    const horizon = time - this.#seconds.get(metric)!;
    // The one before the horizon stays: a counter's increase is measured from it.
    while (snapshots.length > 2 && snapshots[1]!.time < horizon) snapshots.shift();
    this.#snapshots.set(metric, snapshots);
  }

  /** Forgets everything. */
  clear(): void {
    this.#snapshots.clear();
  }

  /** The numbers of a series at a time. Empty where there are none. */
  values(series: Series, time: number): Values {
    const snapshots = this.#snapshots.get(series.metric) ?? [];
    const { over } = series;
    const rows =
      over === undefined
        ? [...(snapshots.at(-1)?.samples.values() ?? [])]
        : ranged(snapshots, over.what, time - (over.ago ?? 0), over.seconds);
    const matching = rows.filter(({ labels }) =>
      Object.entries(series.where).every(([label, values]) => values.includes(labels[label] ?? '')),
    );
    return joined(matching, series);
  }
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels));
}

/** Every series of a metric as one number over the samples in (end - seconds, end]. */
function ranged(snapshots: readonly Snapshot[], what: SeriesSummary, end: number, seconds: number) {
  const inside = snapshots.filter(({ time }) => time <= end && time > end - seconds);
  const points = new Map<string, Point[]>();
  for (const { samples } of inside)
    for (const [key, point] of samples) {
      const row = points.get(key);
      if (row === undefined) points.set(key, [point]);
      else row.push(point);
    }
  const enough = what === 'maximum' ? 1 : 2;
  return [...points.values()]
    .filter((row) => row.length >= enough)
    .map((row) => ({ labels: row[0]!.labels, value: summaries[what](row) }));
}

const summaries: Readonly<Record<SeriesSummary, (row: readonly Point[]) => number>> = {
  increase: (row) => row.at(-1)!.value - row[0]!.value,
  rate: (row) => (row.at(-1)!.value - row[0]!.value) / (row.at(-1)!.time - row[0]!.time),
  maximum: (row) => Math.max(...row.map(({ value }) => value)),
  slope,
};

/** The slope of the straight line with the smallest squared distance. */
function slope(row: readonly Point[]): number {
  const mean = (of: 'time' | 'value') => row.reduce((sum, point) => sum + point[of], 0) / row.length;
  const [time, value] = [mean('time'), mean('value')];
  const above = row.reduce((sum, point) => sum + (point.time - time) * (point.value - value), 0);
  return above / row.reduce((sum, point) => sum + (point.time - time) ** 2, 0);
}

function joined(rows: readonly { labels: Labels; value: number }[], { by, join }: Series): Values {
  const groups = new Map<string, { labels: Labels; value: number }>();
  for (const { labels: all, value } of rows) {
    const labels = Object.fromEntries(by.map((label) => [label, all[label] ?? '']));
    const key = keyOf(labels);
    const before = groups.get(key)?.value;
    groups.set(key, { labels, value: before === undefined ? value : joins[join](before, value) });
  }
  return groups;
}

const joins = {
  max: Math.max,
  min: Math.min,
  sum: (a: number, b: number) => a + b,
} as const;
