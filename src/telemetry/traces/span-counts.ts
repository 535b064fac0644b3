import { MetricReader } from '@opentelemetry/sdk-metrics';
import type { MetricRegistry } from '../metrics/registry.ts';

/**
 * The SDK's own metrics of its span processor, read at each scrape: spans that would otherwise be
 * lost without a sign.
 */
export class SpanCounts extends MetricReader {
  readonly #registry: MetricRegistry;

  constructor(registry: MetricRegistry) {
    super();
    this.#registry = registry;
  }

  /** Shows the present counts in the registry. */
  async show(): Promise<void> {
    const { resourceMetrics } = await this.collect();
    const counts = { exported: 0, failed: 0, dropped: 0 };
    for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)) {
      for (const { attributes, value } of dataPoints) {
        if (typeof value !== 'number') continue;
        if (descriptor.name === 'otel.sdk.processor.span.processed')
          counts[resultOf(attributes['error.type'])] += value;
        if (descriptor.name === 'otel.sdk.processor.span.queue.size')
          this.#registry.set('weir_span_queue_items', value);
        if (descriptor.name === 'otel.sdk.processor.span.queue.capacity')
          this.#registry.set('weir_span_queue_capacity_items', value);
      }
    }
    for (const [result, count] of Object.entries(counts))
      this.#registry.set('weir_spans_total', count, { result });
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}

function resultOf(error: unknown): 'exported' | 'failed' | 'dropped' {
  if (error === undefined) return 'exported';
  return error === 'queue_full' ? 'dropped' : 'failed';
}
