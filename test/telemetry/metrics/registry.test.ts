import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { metricCatalogue } from '../../../src/telemetry/metrics/catalogue.ts';
import { processRegistry } from '../../../src/telemetry/metrics/process-registry.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';

const openMetrics = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const promtool = spawnSync('promtool', ['--version']).status === 0;

/** A registry in which everything that can have a value has one. */
function busy(): MetricRegistry {
  const registry = new MetricRegistry({ run: 'busy' });
  for (const [name, metric] of Object.entries(metricCatalogue)) {
    if (metric.standard) continue;
    const key = name as keyof typeof metricCatalogue;
    const labels = Object.fromEntries(
      Object.entries(metric.labels).map(([label, values]) => [
        label,
        typeof values === 'string' ? 'x' : values[0]!,
      ]),
    );
    if (metric.type === 'histogram') registry.buckets(key, labels).observe(0.02);
    else if (metric.type === 'gauge') registry.set(key, 0.5, labels);
    else registry.add(key, 3, labels);
  }
  return registry;
}

const lines = (body: string, name: string) => body.split('\n').filter((line) => line.startsWith(name));

describe('the registry', () => {
  it('answers in the format that is asked for', async () => {
    const registry = new MetricRegistry();
    const text = await registry.scrape('text/plain');
    expect(text.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    const open = await registry.scrape(openMetrics);
    expect(open.contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(open.body).toMatch(/# EOF\n$/);
    expect((await registry.scrape()).contentType).toBe(text.contentType);
  });

  it('calls counters by the same names in both formats, again and again', async () => {
    const registry = busy();
    for (let round = 0; round < 3; round++) {
      const [open, text] = await Promise.all([registry.scrape(openMetrics), registry.scrape()]);
      for (const { body } of [open, text]) {
        expect(lines(body, 'weir_evaluations_total')).toEqual(['weir_evaluations_total{run="busy"} 3']);
        expect(lines(body, 'process_cpu_seconds_total')).toHaveLength(1);
        expect(body).not.toContain('_total_total');
      }
      expect(text.body).toContain('# TYPE weir_evaluations_total counter');
      expect(open.body).toContain('# TYPE weir_evaluations counter');
    }
  });

  it.skipIf(!promtool)('passes promtool check metrics without a complaint (needs promtool)', async () => {
    const { body } = await busy().scrape();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: body,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('shows exactly what the catalogue says, under its names and with its help', async () => {
    const { body } = await busy().scrape();
    const shown = [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    expect(shown.toSorted()).toEqual(
      Object.entries(metricCatalogue)
        .map(([name, { type }]) => `${name} ${type}`)
        .toSorted(),
    );
    expect(body).toContain(`# HELP weir_loss ${metricCatalogue.weir_loss.help}`);
  });

  it('points from a bucket to a span in OpenMetrics only', async () => {
    const registry = new MetricRegistry({ run: 'r' });
    const series = registry.buckets('weir_step_duration_seconds', { player: 'critic' });
    series.observe(0.02);
    const labelSet = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) };
    series.exemplify({ labelSet, value: 0.02, timestamp: 1700000000.5 });
    const open = await registry.scrape(openMetrics);
    expect(lines(open.body, 'weir_step_duration_seconds_bucket{player="critic",le="0.025"')).toEqual([
      `weir_step_duration_seconds_bucket{player="critic",le="0.025",run="r"} 1 # {trace_id="${labelSet.trace_id}",span_id="${labelSet.span_id}"} 0.02 1700000000.5`,
    ]);
    expect((await registry.scrape()).body).not.toContain('trace_id');
  });

  it('counts from 0 what has not happened yet, and shows no gauge without a value', async () => {
    const { body } = await new MetricRegistry({ run: 'r' }).scrape();
    expect(body).toContain('weir_checkpoints_total{result="failed",run="r"} 0');
    expect(body).toContain('weir_spans_total{result="dropped",run="r"} 0');
    expect(lines(body, 'weir_run_global_step')).toEqual([]);
  });

  it('keeps the last finite value of a gauge', async () => {
    const registry = new MetricRegistry();
    for (const value of [0.25, Number.NaN, Infinity, -Infinity]) registry.set('weir_run_rate_factor', value);
    expect(await registry.read('weir_run_rate_factor')).toEqual([{ labels: {}, value: 0.25 }]);
  });

  it('asks collectors before a scrape, and outlives one that fails', async () => {
    const registry = new MetricRegistry();
    let live = 0;
    registry.onScrape(() => {
      throw new Error('broken');
    });
    const forget = registry.onScrape(() => registry.set('weir_live_clients', ++live));
    expect((await registry.scrape()).body).toContain('weir_live_clients{run="run"} 1');
    forget();
    expect((await registry.scrape()).body).toContain('weir_live_clients{run="run"} 1');
    expect(await registry.read('weir_telemetry_errors_total')).toEqual([
      { labels: { observer: 'collect' }, value: 2 },
    ]);
  });

  it('reads what prom-client measures, too', async () => {
    const [memory] = await new MetricRegistry().read('process_resident_memory_bytes');
    expect(memory!.value).toBeGreaterThan(1e6);
    await expect(async () => new MetricRegistry().add('process_cpu_seconds_total')).rejects.toThrow(
      'metric: expected one that Weir makes, got process_cpu_seconds_total',
    );
  });

  it('stays small: below 500 series in a run of two players and six stages, the process included', async () => {
    const registry = new MetricRegistry();
    for (const player of ['critic', 'generator']) {
      for (const name of ['weir_steps_total', 'weir_nonfinite_values_total', 'weir_loss'] as const)
        registry.cell(name, { player }).value = 1;
      registry.buckets('weir_step_duration_seconds', { player }).observe(1);
    }
    for (const stage of 'abcdef') {
      registry.initialise('weir_stream_terminations_total', { stage });
      for (const name of ['weir_stream_items_total', 'weir_stream_errors_total'] as const)
        registry.cell(name, { stage }).value = 1;
      for (const name of ['weir_stream_wait_duration_seconds', 'weir_stream_busy_duration_seconds'] as const)
        registry.buckets(name, { stage });
    }
    const { body } = await registry.scrape();
    const series = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    console.info(`a run of two players and six stages has ${series.length} series`);
    expect(series.length).toBeLessThan(500);
  });
});

describe('a scrape', () => {
  it('waits for what is brought up to date with a promise', async () => {
    const registry = new MetricRegistry({ run: 'test' });
    registry.onScrape(async () => {
      await new Promise(setImmediate);
      registry.set('weir_run_global_step', 77);
      throw new Error('counted');
    });
    const { body } = await registry.scrape();
    expect(body).toContain('weir_run_global_step{run="test"} 77');
    expect(body).toMatch(/weir_telemetry_errors_total\{.*observer="collect".*\} 1/);
  });
});

it('is one for the process', async () => {
  expect(processRegistry()).toBe(processRegistry());
  expect((await processRegistry().scrape()).body).toContain('run="run"');
});
