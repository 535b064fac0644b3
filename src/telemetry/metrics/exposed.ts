import type { Family } from './family.ts';
import { Buckets } from './series.ts';

/** One line of a scrape, as prom-client's registry takes it. */
interface Line {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly exemplar?: unknown;
}

/**
 * A family as prom-client's registry asks for it: the numbers are read at a scrape, and cost
 * nothing before. The registry writes to `name`.
 */
export class Exposed {
  name: string;
  readonly help: string;
  readonly type: string;
  readonly aggregator = 'sum';
  readonly #family: Family;

  constructor(family: Family) {
    this.#family = family;
    this.name = family.name;
    this.help = family.metric.help;
    this.type = family.metric.type;
  }

  /** What prom-client calls for a scrape. */
  async get() {
    const { name, help, type, aggregator } = this;
    return {
      name,
      help,
      type,
      aggregator,
      values: [...this.#family.series].flatMap((series) => this.#lines(series)),
    };
  }

  /** A family is counted from its making; there is nothing to reset. */
  reset(): void {}

  #lines(series: Buckets | { labels: Line['labels']; value: number | undefined }): Line[] {
    const { labels } = series;
    if (!(series instanceof Buckets))
      return series.value === undefined ? [] : [{ labels, value: series.value }];
    const bounds = [...this.#family.metric.buckets!, '+Inf'];
    let count = 0;
    const lines: Line[] = bounds.map((le, i) => {
      count += series.counts[i]!;
      const line = { metricName: `${this.name}_bucket`, labels: { ...labels, le }, value: count };
      return series.exemplars[i] === undefined ? line : { ...line, exemplar: series.exemplars[i] };
    });
    lines.push({ metricName: `${this.name}_sum`, labels, value: series.sum });
    lines.push({ metricName: `${this.name}_count`, labels, value: count });
    return lines;
  }
}
