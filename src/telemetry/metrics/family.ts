import { show } from '../../base/index.ts';
import type { Metric } from './metric.ts';
import { Buckets, type Cell, type Labels } from './series.ts';

/** How many names of players, stages, ... a metric takes before it calls the rest `other`. */
export const namesLimit = 32;

/** All series of one metric. */
export class Family<Series extends Cell | Buckets = Cell | Buckets> {
  readonly name: string;
  readonly metric: Metric;
  readonly #make: (labels: Labels) => Series;
  readonly #series = new Map<string, Series>();
  readonly #names = new Map<string, Set<string>>();

  private constructor(name: string, metric: Metric, make: (labels: Labels) => Series) {
    this.name = name;
    this.metric = metric;
    this.#make = make;
  }

  static of(name: string, metric: Metric): Family {
    if (metric.type === 'histogram')
      return new Family<Cell | Buckets>(name, metric, (labels) => new Buckets(labels, metric.buckets!));
    const first = metric.type === 'counter' ? 0 : undefined;
    return new Family<Cell | Buckets>(name, metric, (labels) => ({ labels, value: first }));
  }

  /** All series, in the order in which they were made. */
  get series(): Iterable<Series> {
    return this.#series.values();
  }

  /**
   * The series of these labels, made where there is none. Keep it: it is the same for as long as
   * the registry lives.
   * @throws RangeError when a label is missing, unknown, or has a value that is not in its list
   */
  at(labels: Labels = {}): Series {
    const complete = this.#checked(labels);
    const key = Object.values(complete).join('\u0000');
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#make(complete);
      this.#series.set(key, series);
    }
    return series;
  }

  /**
   * Makes the series of every combination of closed labels, so that a counter is 0 before it
   * counts.
   */
  initialise(labels: Labels = {}): void {
    const open = Object.entries(this.metric.labels).find(([name]) => !(name in labels));
    if (open === undefined) {
      this.at(labels);
      return;
    }
    const [name, values] = open;
    if (typeof values === 'string') return;
    for (const value of values) this.initialise({ ...labels, [name]: value });
  }

  #checked(given: Labels): Labels {
    const declared = Object.entries(this.metric.labels);
    const extra = Object.keys(given).find((name) => !(name in this.metric.labels));
    if (extra !== undefined)
      throw new RangeError(`${this.name}: expected labels ${declared.map(([name]) => name)}, got ${extra}`);
    return Object.fromEntries(
      declared.map(([name, allowed]) => {
        const value = given[name];
        if (typeof value !== 'string' || (Array.isArray(allowed) && !allowed.includes(value)))
          throw new RangeError(`${this.name}: expected ${name} to be one of ${allowed}, got ${show(value)}`);
        return [name, allowed === 'names' ? this.#bounded(name, value) : value];
      }),
    );
  }

  /** A name, or `other` where there are too many. */
  #bounded(label: string, value: string): string {
    const names = this.#names.get(label) ?? new Set();
    this.#names.set(label, names);
    if (!names.has(value) && names.size >= namesLimit) return 'other';
    names.add(value);
    return value;
  }
}
