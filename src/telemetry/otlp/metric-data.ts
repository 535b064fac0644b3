import type { HrTime } from '@opentelemetry/api';
import type { metrics } from '@opentelemetry/sdk-node';
import { wallSeconds } from '../../base/index.ts';
import type { MetricJson } from '../metrics/registry.ts';

type MetricData = metrics.MetricData;

/** The numbers that OpenTelemetry has for kinds of points and temporality. */
const [histogramPoints, gaugePoints, sumPoints, cumulative] = [0, 2, 3, 1];

const units: Readonly<Record<string, string>> = { seconds: 's', bytes: 'By', ratio: '1' };

/** The unit at the end of a name of Prometheus, as UCUM writes it. */
export function unitOf(name: string): string {
  return (
    units[
      name
        .replace(/_total$/, '')
        .split('_')
        .at(-1)!
    ] ?? ''
  );
}

/**
 * Metrics of a registry as OpenTelemetry sends them, under the same names and labels as a scrape
 * shows, counted from the start of the process.
 */
export function metricData(all: readonly MetricJson[], startSeconds: number): MetricData[] {
  const time = { startTime: hrTime(startSeconds), endTime: hrTime(wallSeconds()) };
  return all.flatMap((metric): MetricData[] => {
    if (metric.values.length === 0) return [];
    const common = {
      descriptor: {
        name: metric.name,
        description: metric.help,
        unit: unitOf(metric.name),
        valueType: 1,
        type: metric.type.toUpperCase(),
      },
      aggregationTemporality: cumulative,
    };
    const points = () =>
      metric.values.map(({ labels, value }) => ({ ...time, attributes: textOf(labels), value }));
    switch (metric.type) {
      case 'histogram':
        return [
          { ...common, dataPointType: histogramPoints, dataPoints: histograms(metric, time) },
        ] as unknown as MetricData[];
      case 'counter':
        return [
          { ...common, dataPointType: sumPoints, isMonotonic: true, dataPoints: points() },
        ] as unknown as MetricData[];
      case 'gauge':
        return [{ ...common, dataPointType: gaugePoints, dataPoints: points() }] as unknown as MetricData[];
      default:
        // A summary has no counterpart that is sent.
        return [];
    }
  });
}

/** The lines of a histogram, whose buckets are cumulated, as one point for each set of labels. */
function histograms({ values }: MetricJson, time: { startTime: HrTime; endTime: HrTime }) {
  const series = new Map<string, typeof values>();
  for (const line of values) {
    const { le: _, ...labels } = line.labels;
    const key = JSON.stringify(Object.entries(labels).sort());
    series.set(key, [...(series.get(key) ?? []), line]);
  }
  return [...series.values()].map((lines) => {
    const { le: _, ...labels } = lines[0]!.labels;
    const buckets = lines.filter(({ metricName = '' }) => metricName.endsWith('_bucket'));
    const of = (end: string) => lines.find(({ metricName = '' }) => metricName.endsWith(end))?.value ?? 0;
    return {
      ...time,
      attributes: textOf(labels),
      value: {
        buckets: {
          boundaries: buckets.map(({ labels }) => Number(labels.le)).filter(Number.isFinite),
          counts: buckets.map(({ value }, at) => value - (buckets[at - 1]?.value ?? 0)),
        },
        sum: of('_sum'),
        count: of('_count'),
      },
    };
  });
}

function textOf(labels: MetricJson['values'][number]['labels']): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}

function hrTime(seconds: number): HrTime {
  return [Math.floor(seconds), Math.round((seconds % 1) * 1e9)];
}
