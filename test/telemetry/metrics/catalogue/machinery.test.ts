import { collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import {
  evaluationMetrics,
  ganMetrics,
  rlMetrics,
} from '../../../../src/telemetry/metrics/catalogue/learning.ts';
import {
  processMetrics,
  standardMetrics,
  streamMetrics,
  telemetryMetrics,
} from '../../../../src/telemetry/metrics/catalogue/machinery.ts';
import { runMetrics } from '../../../../src/telemetry/metrics/catalogue/run.ts';
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

describe('learning', () => {
  it('tells what the critic says of real examples from what it says of generated ones', () => {
    expect(ganMetrics.weir_gan_critic_accuracy_ratio.values).toEqual({
      realAccuracy: { source: 'real' },
      fakeAccuracy: { source: 'fake' },
    });
  });

  it('tells the coverage of a table from the coverage of the data', () => {
    expect(rlMetrics.weir_rl_table_coverage_ratio.values).toEqual({ coverage: {} });
    expect(evaluationMetrics.weir_evaluation_coverage_ratio.values).toEqual({ coverage: {} });
  });
});

it('has buckets for steps from a microsecond to a minute, no two further apart than 2.5 times', () => {
  const { buckets = [] } = runMetrics.weir_step_duration_seconds;
  expect([buckets[0], buckets.at(-1)]).toEqual([1e-6, 60]);
  for (let i = 1; i < buckets.length; i++)
    expect(buckets[i]! / buckets[i - 1]!).toBeLessThanOrEqual(2.5000001);
});
