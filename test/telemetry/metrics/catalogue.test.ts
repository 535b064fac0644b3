import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogueByTheme, metricCatalogue } from '../../../src/telemetry/metrics/catalogue.ts';
import { counter, gauge, histogram, type Metric } from '../../../src/telemetry/metrics/metric.ts';
import { metricsPage } from '../../../src/telemetry/metrics/metrics-page.ts';

const rows = Object.entries(metricCatalogue as Readonly<Record<string, Metric>>);

describe('the catalogue', () => {
  it('has every metric of every theme once', () => {
    const themed = Object.values(catalogueByTheme).flatMap((theme) => Object.keys(theme));
    expect(themed.toSorted()).toEqual(Object.keys(metricCatalogue).toSorted());
  });

  it('names the unit as Prometheus wants it', () => {
    const suffixes: Partial<Record<Metric['unit'], RegExp>> = {
      seconds: /_seconds(?:_total)?$/,
      bytes: /_bytes$/,
      ratio: /_ratio$/,
      nats: /_nats$/,
      timestamp: /_time(?:stamp)?_seconds$/,
    };
    const wrong = rows
      .filter(([name, { unit }]) => !(suffixes[unit] ?? /^/).test(name))
      .map(([name]) => name);
    expect(wrong).toEqual([]);
  });

  it('ends counters with _total and nothing else', () => {
    const wrong = rows.filter(([name, { type }]) => name.endsWith('_total') !== (type === 'counter'));
    expect(wrong).toEqual([]);
  });

  it('says of every metric what it is and where it is seen', () => {
    for (const [name, { help, shown, type, buckets }] of rows) {
      expect(help, name).toMatch(/^[A-Z"].*\.$/);
      expect(shown.length, name).toBeGreaterThan(0);
      expect(buckets !== undefined, name).toBe(type === 'histogram');
      expect(buckets ?? [], name).toEqual((buckets ?? []).toSorted((a, b) => a - b));
    }
  });

  it('has one metric for each value of an event and of an evaluation', () => {
    const { Evaluation, ...others } = catalogueByTheme;
    const valuesOf = (metrics: object) =>
      Object.values(metrics as Readonly<Record<string, Metric>>).flatMap(({ values }) =>
        Object.keys(values ?? {}),
      );
    const ofEvents = Object.values(others).flatMap(valuesOf);
    expect(ofEvents.length).toBe(new Set(ofEvents).size);
    expect(valuesOf(Evaluation).length).toBe(new Set(valuesOf(Evaluation)).size);
    expect(ofEvents).toEqual(
      expect.arrayContaining(['loss', 'wasserstein', 'realAccuracy', 'fakeScore', 'return', 'approxKl']),
    );
    expect(valuesOf(Evaluation)).toEqual(
      expect.arrayContaining(['fid', 'modes', 'highQuality', 'returnMean']),
    );
  });
});

it('makes a row of the catalogue without labels where none are named', () => {
  expect(counter('items', 'Things.', ['internal'])).toEqual({
    type: 'counter',
    unit: 'items',
    help: 'Things.',
    labels: {},
    shown: ['internal'],
  });
  expect(gauge('none', 'x', [], { labels: { player: 'names' } }).labels).toEqual({ player: 'names' });
  expect(histogram('seconds', 'x', [], { buckets: [1, 2] })).toMatchObject({
    type: 'histogram',
    buckets: [1, 2],
  });
});

describe('metrics page', () => {
  it('is the page in docs: npm run metrics-page writes it again', () => {
    expect(readFileSync('docs/metrics.md', 'utf8')).toBe(metricsPage());
  });

  it('has a line for every metric', () => {
    const page = metricsPage();
    for (const name of Object.keys(metricCatalogue)) expect(page).toContain(`| \`${name}\``);
    expect(page).toContain('| `weir_checkpoints_total` {result: saved, failed} | counter |');
  });
});
