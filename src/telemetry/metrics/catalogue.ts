import { evaluationMetrics, ganMetrics, rlMetrics } from './catalogue/learning.ts';
import { processMetrics, standardMetrics, streamMetrics, telemetryMetrics } from './catalogue/machinery.ts';
import { runMetrics } from './catalogue/run.ts';
import type { Metric } from './metric.ts';

/** The catalogue by theme, in the order of docs/metrics.md. */
export const catalogueByTheme = {
  'The run': runMetrics,
  GANs: ganMetrics,
  'Reinforcement learning': rlMetrics,
  Evaluation: evaluationMetrics,
  Streams: streamMetrics,
  'Engine and process': processMetrics,
  'Telemetry itself': telemetryMetrics,
  'Process, by prom-client': standardMetrics,
} as const;

/** Every metric that a scrape can show, by name. */
export const metricCatalogue = {
  ...runMetrics,
  ...ganMetrics,
  ...rlMetrics,
  ...evaluationMetrics,
  ...streamMetrics,
  ...processMetrics,
  ...telemetryMetrics,
  ...standardMetrics,
} as const satisfies Readonly<Record<string, Metric>>;

/** The name of a metric. */
export type MetricName = keyof typeof metricCatalogue;
