import fc from 'fast-check';
import { type Metric, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { Exposed } from '../../../src/telemetry/metrics/exposed.ts';
import { Family } from '../../../src/telemetry/metrics/family.ts';
import { counter, gauge, histogram } from '../../../src/telemetry/metrics/metric.ts';
import type { Buckets, Cell } from '../../../src/telemetry/metrics/series.ts';

it('cumulates buckets and ends with sum and count', async () => {
  const family = Family.of('x', histogram('none', 'X.', [], { buckets: [1, 2], labels: { stage: 'names' } }));
  const series = family.at({ stage: 'a' }) as Buckets;
  for (const value of [0.5, 1.5, 1.5, 7]) series.observe(value);
  const { values } = await new Exposed(family).get();
  expect(values).toEqual([
    { metricName: 'x_bucket', labels: { stage: 'a', le: 1 }, value: 1 },
    { metricName: 'x_bucket', labels: { stage: 'a', le: 2 }, value: 3 },
    { metricName: 'x_bucket', labels: { stage: 'a', le: '+Inf' }, value: 4 },
    { metricName: 'x_sum', labels: { stage: 'a' }, value: 10.5 },
    { metricName: 'x_count', labels: { stage: 'a' }, value: 4 },
  ]);
});

it('shows a gauge only when it has a value', async () => {
  const family = Family.of('x', gauge('none', 'X.', []));
  const cell = family.at() as Cell;
  expect((await new Exposed(family).get()).values).toEqual([]);
  cell.value = 0;
  expect((await new Exposed(family).get()).values).toEqual([{ labels: {}, value: 0 }]);
});

it('writes any name on one line that can be read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (player) => {
      const family = Family.of('x_total', counter('none', 'X.', [], { labels: { player: 'names' } }));
      family.at({ player });
      const registry = new Registry();
      registry.registerMetric(new Exposed(family) as unknown as Metric);
      const [line, ...more] = (await registry.metrics())
        .split('\n')
        .filter((text) => text.startsWith('x_total{'));
      expect(more).toEqual([]);
      const written = /player="((?:[^"\\\n]|\\.)*)"} 0$/.exec(line!)![1]!;
      expect(written.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))).toBe(player);
    }),
  );
});
