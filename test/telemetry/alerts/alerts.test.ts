import { describe, expect, it } from 'vitest';
import { alerts, operationAlerts, trainingAlerts } from '../../../src/telemetry/alerts/alerts.ts';
import { seriesOf } from '../../../src/telemetry/alerts/condition.ts';
import { type MetricName, metricCatalogue } from '../../../src/telemetry/metrics/catalogue.ts';
import type { Metric } from '../../../src/telemetry/metrics/metric.ts';

const read = Object.entries(alerts).flatMap(([name, { when }]) =>
  'prometheus' in when ? [] : seriesOf(when).map((series) => ({ name, series })),
);

describe('the alerts', () => {
  it('have names of their own', () => {
    expect(Object.keys(alerts)).toHaveLength(
      Object.keys(trainingAlerts).length + Object.keys(operationAlerts).length,
    );
  });

  it('read metrics that the catalogue marks for rules, by labels and values that they have', () => {
    for (const { name, series } of read) {
      const metric: Metric = metricCatalogue[series.metric];
      expect(metric.shown, `${name}: ${series.metric}`).toContain('rule');
      for (const label of series.by) expect(metric.labels, name).toHaveProperty(label);
      for (const [label, values] of Object.entries(series.where))
        expect(metric.labels[label], name).toEqual(expect.arrayContaining([...values]));
      if (series.over?.what === 'increase' || series.over?.what === 'rate')
        expect(metric.type, name).toBe('counter');
    }
  });

  it('read every metric that the catalogue marks for rules', () => {
    const marked = Object.keys(metricCatalogue).filter((name) =>
      metricCatalogue[name as MetricName].shown.includes('rule'),
    );
    expect([...new Set(read.map(({ series }) => series.metric))].toSorted()).toEqual(marked.toSorted());
  });

  it('say in the runbook what each means, what causes it and what to do', () => {
    for (const [name, { summary, meaning, causes, action }] of Object.entries(alerts))
      for (const text of [summary, meaning, causes, action]) expect(text, name).toMatch(/^[A-Z`].{10,}\.$/);
  });
});
