import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';

/** A series as Prometheus answers an instant query. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [seconds: number, value: number])[];
}

export interface Exemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
  readonly timestamp: number;
}

/** An alert whose condition is true. */
export interface Alerting {
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
}

export interface PrometheusOptions {
  /** Addresses of exporters, by job. */
  readonly jobs: Readonly<Record<string, readonly string[]>>;
  readonly rules?: string;
  /** Address of an Alertmanager. */
  readonly alertmanager?: string;
  readonly scrapeSeconds?: number;
}

/** A real Prometheus (Debian's) with a database of its own, started for a test. */
export class Prometheus {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.#child = child;
    this.#folder = folder;
  }

  /** Starts one and waits until it answers. */
  static async start(options: PrometheusOptions): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'weir-prometheus-'));
    const config = join(folder, 'prometheus.json');
    // JSON is YAML.
    writeFileSync(config, JSON.stringify(configOf(options)));
    const port = await freePort();
    const child = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--enable-feature=exemplar-storage',
        '--log.level=warn',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const prometheus = new Prometheus(`http://127.0.0.1:${port}`, child, folder);
    await prometheus.#ready();
    return prometheus;
  }

  /** What a query gives now. */
  async query(expr: string): Promise<Series[]> {
    const { result } = await this.#get<{ result: Answered[] }>('query', { query: expr });
    return result.map(series);
  }

  /** What a query gives over the last seconds. */
  async range(expr: string, seconds: number, step = 5): Promise<Series[]> {
    const end = Date.now() / 1000;
    const { result } = await this.#get<{ result: Answered[] }>('query_range', {
      query: expr,
      start: String(end - seconds),
      end: String(end),
      step: String(step),
    });
    return result.map(series);
  }

  async exemplars(expr: string, seconds: number): Promise<Exemplar[]> {
    const end = Date.now() / 1000;
    const found = await this.#get<{ exemplars: Exemplar[] }[]>('query_exemplars', {
      query: expr,
      start: String(end - seconds),
      end: String(end),
    });
    return found.flatMap(({ exemplars }) => exemplars);
  }

  /** The values of a label among the series of a selector, as Grafana asks for a variable. */
  labelValues(label: string, selector: string): Promise<string[]> {
    return this.#get(`label/${label}/values`, { 'match[]': selector });
  }

  /** The alerts that fire or are pending. */
  async alerts(): Promise<Alerting[]> {
    return (await this.#get<{ alerts: Alerting[] }>('alerts', {})).alerts;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #get<Data>(path: string, parameters: Readonly<Record<string, string>>): Promise<Data> {
    const answer = await fetch(`${this.url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const { status, data, error } = (await answer.json()) as { status: string; data: Data; error?: string };
    if (status !== 'success') throw new Error(`${parameters.query ?? path}: ${error}`);
    return data;
  }

  async #ready(): Promise<void> {
    while (this.#child.exitCode === null && this.#child.signalCode === null) {
      try {
        if ((await fetch(`${this.url}/-/ready`)).ok) return;
      } catch {
        // It does not listen yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('Prometheus has ended before it was ready');
  }
}

interface Answered {
  readonly metric: Record<string, string>;
  readonly value?: [number, string];
  readonly values?: [number, string][];
}

function series({ metric, value, values }: Answered): Series {
  const points = values ?? (value === undefined ? [] : [value]);
  return { metric, values: points.map(([time, text]) => [time, Number(text.replace('Inf', 'Infinity'))]) };
}

function configOf({ jobs, rules, alertmanager, scrapeSeconds = 2 }: PrometheusOptions) {
  return {
    global: { scrape_interval: `${scrapeSeconds}s`, evaluation_interval: `${scrapeSeconds}s` },
    rule_files: rules === undefined ? [] : [rules],
    scrape_configs: Object.entries(jobs).map(([name, targets]) => ({
      job_name: name,
      static_configs: [{ targets }],
    })),
    ...(alertmanager === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] } }),
  };
}
