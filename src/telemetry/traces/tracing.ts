import { createRequire } from 'node:module';
import { context, metrics, propagation, type Span, type Tracer, trace } from '@opentelemetry/api';
import { given } from '../../base/index.ts';
import { macrotask } from '../../streams/index.ts';
import type { MetricRegistry } from '../metrics/registry.ts';
import type { Buckets } from '../metrics/series.ts';
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
export interface TracingOptions {
  readonly registry: MetricRegistry;
  readonly version?: string;
  readonly runId?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

const shutdownMs = 3000;

const load = createRequire(import.meta.url);

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
 * @returns undefined where nothing is configured, or tracing is off (`OTEL_SDK_DISABLED`,
 * `OTEL_TRACES_EXPORTER=none`)
 */
export function openTracing({
  registry,
  version = '',
  runId,
  attributes = {},
}: TracingOptions): Tracing | undefined {
  if (!configured(process.env)) return undefined;
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
  // Loaded only where it is asked for: the SDK takes a third of the time in which a command starts.
  const { OTLPTraceExporter } = load(
    '@opentelemetry/exporter-trace-otlp-proto',
  ) as typeof import('@opentelemetry/exporter-trace-otlp-proto');
  const { NodeSDK, resources } = load('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const exporter = new ExemplarExporter(new OTLPTraceExporter());
  const counts = spanCounts(registry);
  const sdk = new NodeSDK({
    traceExporter: exporter,
    metricReaders: [counts.reader],
    logRecordProcessors: [],
    // The other detectors put the command line and the owner of the process on every span.
    resourceDetectors: [resources.envDetector],
    resource: resources.defaultResource().merge(
      resources.resourceFromAttributes({
        'service.name': 'weir',
        'service.version': version,
        ...(runId !== undefined && { 'service.instance.id': runId }),
        ...attributes,
      }),
    ),
    ...given({ serviceName: process.env.OTEL_SERVICE_NAME || undefined }),
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

function configured(env: NodeJS.ProcessEnv): boolean {
  if (env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(
    env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_TRACES_EXPORTER,
  );
}

/** Waits for a task, but no longer than so many milliseconds; what it throws is dropped. */
async function within(ms: number, task: () => Promise<void>): Promise<void> {
  let timer: { unsubscribe(): void } | undefined;
  const late = new Promise<void>((resolve) => {
    timer = macrotask.schedule(resolve, ms);
  });
  await Promise.race([task().catch(() => {}), late]);
  timer?.unsubscribe();
}
