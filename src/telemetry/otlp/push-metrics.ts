import type { metrics } from '@opentelemetry/sdk-node';
import { wallSeconds } from '../../base/index.ts';
import type { MetricRegistry } from '../metrics/registry.ts';
import { metricData } from './metric-data.ts';
import {
  configured,
  load,
  milliseconds,
  type ResourceOptions,
  resourceOf,
  shutdownMs,
  within,
} from './signal.ts';

/** Metrics that are pushed until it is closed. */
export interface MetricPush {
  /** Sends the last values, for at most three seconds. Never throws. */
  close(): Promise<void>;
}

/** Options of `pushMetrics`. */
export interface MetricPushOptions extends ResourceOptions {
  readonly registry: MetricRegistry;
}

/**
 * Pushes all metrics of a registry by OTLP/HTTP with protobuf, as the standard variables say:
 * `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT`, `OTEL_METRIC_EXPORT_INTERVAL`, ...
 * What is sent is what a scrape shows: nothing is measured twice. One export is under way at a time
 * and nothing waits, so a collector that is down costs no memory.
 * @returns undefined where nothing is configured
 */
export function pushMetrics({ registry, ...resource }: MetricPushOptions): MetricPush | undefined {
  if (!configured('metrics', process.env)) return undefined;
  const { OTLPMetricExporter } = load(
    '@opentelemetry/exporter-metrics-otlp-proto',
  ) as typeof import('@opentelemetry/exporter-metrics-otlp-proto');
  const sdk = load('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const exportIntervalMillis = milliseconds('OTEL_METRIC_EXPORT_INTERVAL', 60_000);
  const exportTimeoutMillis = Math.min(
    exportIntervalMillis,
    milliseconds('OTEL_METRIC_EXPORT_TIMEOUT', 5_000),
  );
  const exporter = counted(new OTLPMetricExporter({ timeoutMillis: exportTimeoutMillis }), registry);
  const reader = new sdk.metrics.PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis,
    exportTimeoutMillis,
  });
  const described = resourceOf(resource);
  const start = wallSeconds() - process.uptime();
  reader.setMetricProducer({
    async collect() {
      const all = metricData(await registry.json(), start);
      const scope = { name: 'weir', version: resource.version ?? '' };
      return {
        resourceMetrics: { resource: described, scopeMetrics: [{ scope, metrics: all }] },
        errors: [],
      };
    },
  });
  return { close: () => within(shutdownMs, () => reader.shutdown()) };
}

/** Counts what became of the exports. */
function counted(exporter: metrics.PushMetricExporter, registry: MetricRegistry): metrics.PushMetricExporter {
  const send = exporter.export.bind(exporter);
  exporter.export = (batch, done) =>
    send(batch, (result) => {
      registry.add('weir_otlp_exports_total', 1, {
        signal: 'metrics',
        result: result.code === 0 ? 'exported' : 'failed',
      });
      done(result);
    });
  return exporter;
}
