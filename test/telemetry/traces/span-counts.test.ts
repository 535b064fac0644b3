import { metrics } from '@opentelemetry/sdk-node';
import { expect, it } from 'vitest';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { spanCounts } from '../../../src/telemetry/traces/span-counts.ts';
import { numbersOf } from '../metrics/numbers-of.ts';

it('tells from the SDK what became of spans by its attribute error.type', async () => {
  const registry = new MetricRegistry();
  const counts = spanCounts(registry);
  const meter = new metrics.MeterProvider({ readers: [counts.reader] }).getMeter('test');
  const processed = meter.createCounter('otel.sdk.processor.span.processed');
  processed.add(5);
  processed.add(3, { 'error.type': 'queue_full' });
  processed.add(2, { 'error.type': 'Timeout' });
  meter.createUpDownCounter('otel.sdk.processor.span.queue.capacity').add(64);
  await counts.show();
  expect(await numbersOf(registry, 'weir_spans_total')).toEqual({ exported: 5, failed: 2, dropped: 3 });
  expect(await numbersOf(registry, 'weir_span_queue_capacity_items')).toEqual({ '': 64 });
});
