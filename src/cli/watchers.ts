import { basename } from 'node:path';
import { given } from '../base/index.ts';
import type { Engine, OpenedEngine } from '../engine/index.ts';
import type { OpenExtension } from '../runs/index.ts';
import { livePage } from '../server/index.ts';
import { MetricRegistry, measuredEngine, telemetry, Webhook } from '../telemetry/index.ts';
import { type Alerting, alertPrinter } from './alerting.ts';
import type { Console } from './console.ts';
import { addressOf, type Serving, tokenIn } from './serving.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that trains. */
export interface Supervision extends Serving, Alerting {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What measures and serves a run of the command line. */
export interface Watchers {
  /** The engine, measured. */
  measured(opened: OpenedEngine): Engine;
  readonly telemetry: OpenExtension;
  /** Absent after `--no-serve`. */
  readonly page: OpenExtension | undefined;
}

/** The watchers of a run, with one registry of metrics. @throws RangeError, TokenFileError */
export function watchersOf(
  console: Console,
  directory: string,
  options: Supervision,
  terminal: Terminal,
): Watchers {
  const { alertWebhook, serve = true } = options;
  const registry = new MetricRegistry({ run: basename(directory) });
  const webhook = alertWebhook === undefined ? undefined : new Webhook(alertWebhook, registry);
  return {
    measured({ engine, reason }) {
      terminal.reason = reason;
      return measuredEngine(engine, registry);
    },
    telemetry: telemetry({
      registry,
      warn: alertPrinter(console, options),
      ...given({ webhook }),
    }),
    page: serve ? pageOf(options, registry, terminal) : undefined,
  };
}

function pageOf(options: Supervision, registry: MetricRegistry, terminal: Terminal): OpenExtension {
  const token = tokenIn(options);
  return livePage({
    ...addressOf(options),
    ...given({ token }),
    metrics: (accept) => registry.scrape(accept),
    busy: (stage) => registry.buckets('weir_stream_busy_duration_seconds', { stage }).sum,
    onOpen(page) {
      terminal.page = page.url;
      registry.onScrape(() => registry.set('weir_live_clients', page.clients));
    },
  });
}
