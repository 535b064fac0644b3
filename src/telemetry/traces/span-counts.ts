import { createRequire } from 'node:module';
import type { metrics } from '@opentelemetry/sdk-node';
import type { MetricRegistry } from '../metrics/registry.ts';

/** The SDK's own metrics of its spans: some would otherwise be lost without a sign. */
export interface SpanCounts {
  /** What the SDK is given. */
  readonly reader: metrics.MetricReader;
  /** Shows the present counts in the registry. */
  show(): Promise<void>;
}

/** Reads the metrics of the SDK whenever `show` is called. */
export function spanCounts(registry: MetricRegistry): SpanCounts {
  // Loaded only where something is traced.
  const sdk = createRequire(import.meta.url)('@opentelemetry/sdk-node');
  const { MetricReader } = (sdk as typeof import('@opentelemetry/sdk-node')).metrics;
  class Reader extends MetricReader {
    protected override async onForceFlush(): Promise<void> {}

    protected override async onShutdown(): Promise<void> {}
  }
  const reader = new Reader();
  return { reader, show: () => show(reader, registry) };
}

async function show(reader: metrics.MetricReader, registry: MetricRegistry): Promise<void> {
  const { resourceMetrics } = await reader.collect();
  const counts = { exported: 0, failed: 0, dropped: 0 };
  for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)) {
    for (const { attributes, value } of dataPoints) {
      if (typeof value !== 'number') continue;
      if (descriptor.name === 'otel.sdk.processor.span.processed')
        counts[resultOf(attributes['error.type'])] += value;
      if (descriptor.name === 'otel.sdk.processor.span.queue.size')
        registry.set('weir_span_queue_items', value);
      if (descriptor.name === 'otel.sdk.processor.span.queue.capacity')
        registry.set('weir_span_queue_capacity_items', value);
    }
  }
  for (const [result, count] of Object.entries(counts)) registry.set('weir_spans_total', count, { result });
}

function resultOf(error: unknown): 'exported' | 'failed' | 'dropped' {
  if (error === undefined) return 'exported';
  return error === 'queue_full' ? 'dropped' : 'failed';
}
