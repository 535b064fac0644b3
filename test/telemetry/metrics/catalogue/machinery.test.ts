import { collectDefaultMetrics, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import {
  processMetrics,
  standardMetrics,
  streamMetrics,
  telemetryMetrics,
} from '../../../../src/telemetry/metrics/catalogue/machinery.ts';
import type { Metric } from '../../../../src/telemetry/metrics/metric.ts';

it('describes what prom-client really measures, with its types and labels', () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const [name, metric] of Object.entries(standardMetrics as Readonly<Record<string, Metric>>)) {
    const real = registry.getSingleMetric(name) as unknown as { type: string; labelNames: string[] };
    expect({ name, type: real?.type, labels: real?.labelNames }).toEqual({
      name,
      type: metric.type,
      labels: Object.keys(metric.labels),
    });
  }
});

it('counts what becomes of spans, of stages and of programs by closed lists', () => {
  expect(telemetryMetrics.weir_spans_total.labels).toEqual({ result: ['exported', 'failed', 'dropped'] });
  expect(streamMetrics.weir_stream_terminations_total.labels.reason).toEqual([
    'completed',
    'failed',
    'unsubscribed',
  ]);
  expect(processMetrics.weir_engine_runs_total.labels).toEqual({ program: 'names' });
});
