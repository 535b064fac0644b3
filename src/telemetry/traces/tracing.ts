import {
  context,
  metrics,
  ProxyTracerProvider,
  propagation,
  type Span,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { MetricRegistry } from '../metrics/registry.ts';
import type { Buckets } from '../metrics/series.ts';
import { configured, load, type ResourceOptions, resourceOf, shutdownMs, within } from '../otlp/signal.ts';
import { ExemplarExporter } from './exemplar-exporter.ts';
import { spanCounts } from './span-counts.ts';

/** A tracer whose spans go to a collector. */
export interface Tracing {
  readonly tracer: Tracer;
  /**
   * Makes a value the exemplar of its bucket once the span has arrived. @param timestamp seconds
   * since 1970
   */
  exemplify(buckets: Buckets, value: number, timestamp: number, span: Span): void;
  /** Sends what is left, for at most three seconds. Never throws. */
  close(): Promise<void>;
}

/** What every span says of its run, as `weir.run.*`, and of the program. */
export interface TracingOptions extends ResourceOptions {
  readonly registry: MetricRegistry;
}

/** Ours, where the environment says nothing. */
const defaults = {
  OTEL_BSP_SCHEDULE_DELAY: '2000',
  OTEL_BSP_EXPORT_TIMEOUT: '5000',
  OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true',
};

/**
 * Opens tracing as the standard variables say, over OTLP/HTTP with protobuf:
 * `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`,
 * `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`,
 * `OTEL_TRACES_SAMPLER`, `OTEL_BSP_*`, ... One at a time in a process.
 * A tracer provider that the program has registered itself is used instead, and is not shut down.
 * @returns undefined where nothing is configured, or tracing is off (`OTEL_SDK_DISABLED`,
 * `OTEL_TRACES_EXPORTER=none`)
 */
export function openTracing({ registry, ...resource }: TracingOptions): Tracing | undefined {
  const { version = '' } = resource;
  const own = globalTracing(version);
  if (own !== undefined) return own;
  if (!configured('traces', process.env)) return undefined;
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
  // Loaded only where it is asked for: the SDK takes a third of the time in which a command starts.
  const { OTLPTraceExporter } = load(
    '@opentelemetry/exporter-trace-otlp-proto',
  ) as typeof import('@opentelemetry/exporter-trace-otlp-proto');
  const { NodeSDK } = load('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const exporter = new ExemplarExporter(new OTLPTraceExporter());
  const counts = spanCounts(registry);
  const sdk = new NodeSDK({
    traceExporter: exporter,
    metricReaders: [counts.reader],
    logRecordProcessors: [],
    // The detectors would put the command line and the owner of the process on every span.
    autoDetectResources: false,
    resource: resourceOf(resource),
  });
  sdk.start();
  const forget = registry.onScrape(() => counts.show());
  return {
    tracer: trace.getTracer('weir', version),
    exemplify: (...exemplar) => exporter.exemplify(...exemplar),
    async close() {
      await within(shutdownMs, async () => {
        await sdk.shutdown();
      });
      forget();
      for (const api of [trace, metrics, context, propagation]) api.disable();
    },
  };
}

/** Tracing by the provider that the program has registered, where it has. */
function globalTracing(version: string): Tracing | undefined {
  const provider = trace.getTracerProvider();
  const real = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  if (real.constructor.name === 'NoopTracerProvider') return undefined;
  return {
    tracer: provider.getTracer('weir', version),
    exemplify(buckets, value, timestamp, span) {
      const { traceId, spanId } = span.spanContext();
      if (isSampled(span))
        buckets.exemplify({ labelSet: { trace_id: traceId, span_id: spanId }, value, timestamp });
    },
    // The program that registered it shuts it down.
    close: async () => {},
  };
}

const isSampled = (span: Span) => (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
