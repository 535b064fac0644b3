import { type Metric as ClientMetric, collectDefaultMetrics, Registry } from 'prom-client';
import { monotonicSeconds } from '../../base/index.ts';
import { type MetricName, metricCatalogue } from './catalogue.ts';
import { Exposed } from './exposed.ts';
import { Family } from './family.ts';
import type { Buckets, Cell, Labels } from './series.ts';

/** A scrape as an HTTP server answers it. */
export interface Scrape {
  readonly contentType: string;
  readonly body: string;
}

/** What a metric was at one moment. */
export interface MetricSample {
  readonly labels: Labels;
  readonly value: number;
}

/** A metric and all its lines, as prom-client gives them, with the labels of the registry. */
export interface MetricJson {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values: readonly {
    readonly metricName?: string;
    readonly labels: Readonly<Record<string, string | number>>;
    readonly value: number;
  }[];
}

/**
 * The metrics of one process: the whole catalogue, as plain numbers that cost nothing until a
 * scrape. Every metric carries the label `run`.
 */
export class MetricRegistry {
  readonly #registry = new Registry();
  readonly #families = new Map<string, Family>();
  readonly #collectors = new Set<() => unknown>();
  readonly #included = new Set<Registry>();
  readonly #run: string;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param options.run the name of the run, one for a process */
  constructor({ run = 'run' }: { readonly run?: string } = {}) {
    this.#run = run;
    this.#registry.setDefaultLabels({ run });
    collectDefaultMetrics({ register: this.#registry });
    for (const metric of this.#registry.getMetricsAsArray())
      if (!(metric.name in metricCatalogue)) this.#registry.removeSingleMetric(metric.name);
    for (const [name, metric] of Object.entries(metricCatalogue)) {
      if (metric.standard) continue;
      const family = Family.of(name, metric);
      this.#families.set(name, family);
      this.#registry.registerMetric(new Exposed(family) as unknown as ClientMetric);
      if (metric.type !== 'gauge' && !name.startsWith('weir_rl_')) family.initialise();
    }
  }

  /**
   * A number of a counter or a gauge: write to its `value`. @throws RangeError for labels against
   * the catalogue
   */
  cell(name: MetricName, labels?: Labels): Cell {
    return this.#family(name).at(labels) as Cell;
  }

  /** A series of a histogram. @throws RangeError for labels against the catalogue */
  buckets(name: MetricName, labels?: Labels): Buckets {
    return this.#family(name).at(labels) as Buckets;
  }

  /** Sets a gauge. What is not finite is no value of a gauge: it is left as it was. */
  set(name: MetricName, value: number, labels?: Labels): void {
    if (Number.isFinite(value)) this.cell(name, labels).value = value;
  }

  /** Counts up. */
  add(name: MetricName, amount = 1, labels?: Labels): void {
    const cell = this.cell(name, labels);
    cell.value = (cell.value ?? 0) + amount;
  }

  /**
   * Makes all series of a metric whose labels are known beforehand: a counter is then 0 before it
   * counts.
   */
  initialise(name: MetricName, labels?: Labels): void {
    this.#family(name).initialise(labels);
  }

  /**
   * Calls `collect` before every scrape, and waits for what it promises, until the answer is
   * called.
   */
  onScrape(collect: () => unknown): () => void {
    this.#collectors.add(collect);
    return () => {
      this.#collectors.delete(collect);
    };
  }

  /**
   * Shows the metrics of another registry of prom-client beside these, those that are made later
   * included, with the label `run`: your own counters, gauges and histograms in the same scrape and
   * the same push.
   * @throws RangeError where a name is taken
   */
  include(own: Registry): void {
    this.#included.add(own);
    this.#adopt(own);
  }

  /** Every metric with its present values, for what is no scrape. */
  async json(): Promise<readonly MetricJson[]> {
    await this.collect();
    const metrics = this.#registry.getMetricsAsArray() as unknown as ClientMetric[];
    const all = await Promise.all(metrics.map((metric) => metric.get()));
    return all.map(({ name, help, type, values }) => ({
      name,
      help,
      type: String(type),
      values: values.map(({ labels, ...rest }) => ({
        ...rest,
        labels: { ...(labels as Record<string, string | number>), run: this.#run },
      })),
    }));
  }

  /**
   * All metrics as text: OpenMetrics, with exemplars, where `accept` asks for it, else Prometheus'
   * own format. Scrapes are answered one after another.
   * @param accept the HTTP header of the request
   */
  scrape(accept = ''): Promise<Scrape> {
    const scrape = this.#queue.then(() => this.#render(accept.includes('application/openmetrics-text')));
    this.#queue = scrape.catch(() => undefined);
    return scrape;
  }

  /** The present numbers of a metric that is no histogram. */
  async read(name: MetricName): Promise<MetricSample[]> {
    const family = this.#families.get(name);
    const { values } = family
      ? await new Exposed(family).get()
      : await this.#registry.getSingleMetric(name)!.get();
    return values.map(({ labels, value }) => ({ labels: labels as Labels, value }));
  }

  /**
   * Brings up to date what is not counted as it happens; all of it that needs no promise, at once.
   */
  async collect(): Promise<void> {
    const collected = [...this.#collectors].map(async (collect) => {
      try {
        await collect();
      } catch {
        this.add('weir_telemetry_errors_total', 1, { observer: 'collect' });
      }
    });
    await Promise.all(collected);
    for (const own of this.#included)
      try {
        this.#adopt(own);
      } catch {
        this.add('weir_telemetry_errors_total', 1, { observer: 'collect' });
      }
  }

  #adopt(own: Registry): void {
    for (const metric of own.getMetricsAsArray()) {
      const present = this.#registry.getSingleMetric(metric.name);
      if ((present as unknown) === metric) continue;
      if (present !== undefined)
        throw new RangeError(`metrics: expected a name that is not taken, got ${metric.name}`);
      this.#registry.registerMetric(metric as unknown as ClientMetric);
    }
  }

  async #render(openMetrics: boolean): Promise<Scrape> {
    const began = monotonicSeconds();
    this.add('weir_scrapes_total');
    await this.collect();
    const registry = this.#registry;
    registry.setContentType(openMetrics ? openMetricsType : Registry.PROMETHEUS_CONTENT_TYPE);
    // An OpenMetrics rendering takes `_total` off the names of counters and does not put it back.
    const metrics = registry.getMetricsAsArray().map((metric) => ({ metric, name: metric.name }));
    try {
      return { contentType: registry.contentType, body: await registry.metrics() };
    } finally {
      for (const { metric, name } of metrics) metric.name = name;
      this.set('weir_scrape_duration_seconds', monotonicSeconds() - began);
    }
  }

  #family(name: MetricName): Family {
    const family = this.#families.get(name);
    if (family === undefined) throw new RangeError(`metric: expected one that Weir makes, got ${name}`);
    return family;
  }
}

const openMetricsType = Registry.OPENMETRICS_CONTENT_TYPE as typeof Registry.PROMETHEUS_CONTENT_TYPE;
