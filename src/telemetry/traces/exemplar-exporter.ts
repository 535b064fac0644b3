import type { Span } from '@opentelemetry/api';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import type { Buckets, Exemplar } from '../metrics/series.ts';

type SpanExporter = NonNullable<NodeSDKConfiguration['traceExporter']>;

/** How many exemplars wait for the export of their spans; the oldest is given up first. */
const waitingLimit = 2048;

/**
 * Lets buckets point to spans once the collector has taken them, so that no exemplar leads nowhere.
 * Otherwise it is the exporter that it is given.
 */
export class ExemplarExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #waiting = new Map<string, { readonly buckets: Buckets; readonly exemplar: Exemplar }>();

  constructor(exporter: SpanExporter) {
    this.#exporter = exporter;
  }

  /**
   * Makes a value the exemplar of its bucket as soon as the span has arrived. @param timestamp
   * seconds since 1970
   */
  exemplify(buckets: Buckets, value: number, timestamp: number, span: Span): void {
    const { traceId, spanId } = span.spanContext();
    const exemplar = { labelSet: { trace_id: traceId, span_id: spanId }, value, timestamp };
    this.#waiting.set(spanId, { buckets, exemplar });
    if (this.#waiting.size > waitingLimit) this.#waiting.delete(this.#waiting.keys().next().value!);
  }

  export(spans: Parameters<SpanExporter['export']>[0], done: Parameters<SpanExporter['export']>[1]): void {
    this.#exporter.export(spans, (result) => {
      for (const span of spans) {
        const { spanId } = span.spanContext();
        const waiting = this.#waiting.get(spanId);
        this.#waiting.delete(spanId);
        // ExportResultCode.SUCCESS is 0.
        if (waiting !== undefined && result.code === 0) waiting.buckets.exemplify(waiting.exemplar);
      }
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }
}
