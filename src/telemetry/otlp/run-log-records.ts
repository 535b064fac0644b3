import type { Attributes, Context } from '@opentelemetry/api';
import type { logs } from '@opentelemetry/sdk-node';
import { given } from '../../base/index.ts';
import type { RunEvent, RunObserver } from '../../runs/index.ts';
import type { MetricRegistry } from '../metrics/registry.ts';
import {
  configured,
  load,
  milliseconds,
  type ResourceOptions,
  resourceOf,
  shutdownMs,
  within,
} from './signal.ts';

/** How events become log records. */
export interface RunLogRecordsOptions extends ResourceOptions {
  readonly registry: MetricRegistry;
  /** The span that is open now, so that a record leads to its trace. */
  readonly context?: () => Context | undefined;
}

type Logger = ReturnType<logs.LoggerProvider['getLogger']>;
type Exporter = logs.LogRecordExporter;

/** The numbers of OpenTelemetry. */
const severities = { INFO: 9, WARN: 13, ERROR: 17, FATAL: 21 } as const;

/** Records that wait for a collector; what comes beyond is dropped and counted. */
const queueLimit = 2048;

/**
 * Sends what happens to a run as log records by OTLP/HTTP with protobuf, as the standard variables
 * say: `OTEL_EXPORTER_OTLP_LOGS_ENDPOINT`, `OTEL_BLRP_*`, ... Steps are no log records: they are in
 * `log.jsonl`, metrics and traces.
 * @returns undefined where nothing is configured
 */
export function runLogRecords(options: RunLogRecordsOptions): RunLogRecords | undefined {
  return configured('logs', process.env) ? new RunLogRecords(options) : undefined;
}

/** An observer whose events leave as log records. */
export class RunLogRecords implements RunObserver {
  readonly name = 'the log records';
  readonly #provider: logs.LoggerProvider;
  readonly #logger: Logger;
  readonly #registry: MetricRegistry;
  readonly #context: () => Context | undefined;
  readonly #limit = milliseconds('OTEL_BLRP_MAX_QUEUE_SIZE', queueLimit);
  #waiting = 0;

  constructor({ registry, context = () => undefined, ...resource }: RunLogRecordsOptions) {
    const { OTLPLogExporter } = load(
      '@opentelemetry/exporter-logs-otlp-proto',
    ) as typeof import('@opentelemetry/exporter-logs-otlp-proto');
    const { logs } = load('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
    const exportTimeoutMillis = milliseconds('OTEL_BLRP_EXPORT_TIMEOUT', 5_000);
    const exporter = this.#counted(new OTLPLogExporter({ timeoutMillis: exportTimeoutMillis }));
    const processor = new logs.BatchLogRecordProcessor({
      exporter,
      exportTimeoutMillis,
      maxQueueSize: this.#limit,
      scheduledDelayMillis: milliseconds('OTEL_BLRP_SCHEDULE_DELAY', 2_000),
    });
    this.#provider = new logs.LoggerProvider({ resource: resourceOf(resource), processors: [processor] });
    this.#logger = this.#provider.getLogger('weir', resource.version ?? '');
    this.#registry = registry;
    this.#context = context;
    for (const result of ['exported', 'failed', 'dropped'] as const) this.#count(0, result);
  }

  onEvent(event: RunEvent): void {
    if (this.#waiting >= this.#limit) {
      this.#count(1, 'dropped');
      return;
    }
    this.#waiting++;
    const { severity, body } = recordOf(event);
    const context = this.#context();
    this.#logger.emit({
      severityText: severity,
      severityNumber: severities[severity],
      body,
      eventName: `weir.${event.kind}`,
      attributes: attributesOf(event),
      ...given({ context }),
    });
  }

  /** Sends what is left, for three seconds at most. */
  async close(): Promise<void> {
    await within(shutdownMs, () => this.#provider.shutdown());
  }

  #counted(exporter: Exporter): Exporter {
    const send = exporter.export.bind(exporter);
    exporter.export = (records, done) =>
      send(records, (result) => {
        this.#waiting -= records.length;
        this.#count(records.length, result.code === 0 ? 'exported' : 'failed');
        done(result);
      });
    return exporter;
  }

  #count(records: number, result: 'exported' | 'failed' | 'dropped'): void {
    this.#registry.add('weir_log_records_total', records, { result });
  }
}

/** How grave an event is, and what it says to a reader. */
function recordOf(event: RunEvent): { severity: keyof typeof severities; body: string } {
  switch (event.kind) {
    case 'alert':
      return {
        severity: ({ info: 'INFO', warning: 'WARN', critical: 'ERROR' } as const)[event.severity],
        body: `${event.rule}: ${event.message}`,
      };
    case 'fault':
      return { severity: 'ERROR', body: `${event.code}: ${event.message}` };
    case 'checkpoint-failed':
    case 'write-failed':
      return { severity: 'ERROR', body: event.message };
    case 'rollback':
      return { severity: 'WARN', body: `back from step ${event.from} to ${event.index}: ${event.reason}` };
    case 'output-lost':
      return { severity: 'WARN', body: `${event.stream} can no longer be written: ${event.code}` };
    case 'evaluation-missed':
    case 'write-recovered':
      return { severity: 'WARN', body: `${event.kind} at step ${event.index}` };
    case 'ended': {
      const { error, ended, index } = event;
      return error === undefined
        ? { severity: 'INFO', body: `${ended} at step ${index}` }
        : { severity: 'FATAL', body: `${ended} at step ${index}: ${error.message}` };
    }
    default:
      return { severity: 'INFO', body: `${event.kind} at step ${event.index}` };
  }
}

/** What an event says in numbers and words, without its nested values. */
function attributesOf(event: RunEvent): Attributes {
  const plain = Object.entries(event).flatMap(([name, value]) => {
    if (name === 'kind' || name === 'message') return [];
    if (name === 'index') return [['weir.step', value]];
    if (typeof value !== 'object') return [[`weir.${event.kind}.${name}`, value]];
    return Object.entries(value).map(([inner, of]) => [`weir.${event.kind}.${name}.${inner}`, of]);
  });
  return Object.fromEntries(plain);
}
