import { join } from 'node:path';
import { trace } from '@opentelemetry/api';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { expect, it, onTestFinished } from 'vitest';
import { execute, runContext } from '../../../src/runs/index.ts';
import {
  MetricRegistry,
  openTracing,
  pushMetrics,
  runLogRecords,
  telemetry,
} from '../../../src/telemetry/index.ts';
import { type Mode, otlpReceiver, type ReceivedMetric } from '../../support/otlp-receiver.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';
import { environment } from '../traces/environment.ts';

const root = scratchFolder();

async function receiver(mode: Mode = 'take') {
  const started = await otlpReceiver(mode);
  onTestFinished(() => started.close());
  return started;
}

/** A small run that is measured, to its end. */
async function ran(name: string, registry = new MetricRegistry({ run: name })) {
  const context = runContext({ ...(await smallRun(join(root, name))), warn: () => {} });
  const { observers = [], stages, close } = await telemetry({ registry })(context);
  await execute(context, { observers, ...(stages && { stages }) });
  close?.();
  return { registry, context };
}

/** The lines of a scrape as pushed metrics would say them. */
function scraped(body: string): Map<string, number> {
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

const key = (name: string, labels: Readonly<Record<string, unknown>>) =>
  `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;

/** What one metric says, as the lines of a scrape. */
function linesOf({
  name,
  kind,
  attributes,
  value,
  count,
  bounds,
  counts,
}: ReceivedMetric): [string, number][] {
  if (kind !== 'histogram') return [[key(name, attributes), value]];
  let below = 0;
  const { run, ...labels } = attributes;
  return [
    ...counts.map((each, at): [string, number] => {
      below += each;
      return [key(`${name}_bucket`, { ...labels, le: bounds[at] ?? '+Inf', run }), below];
    }),
    [key(`${name}_sum`, attributes), value],
    [key(`${name}_count`, attributes), count],
  ];
}

it('sends metrics, traces and logs of a run, each log record within a trace that arrived', async () => {
  const { url, spans, metrics, logs } = await receiver();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_RESOURCE_ATTRIBUTES: 'team=red' });
  const { registry } = await ran('three');
  expect(logs.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['weir.started', 'weir.checkpoint', 'weir.ended']),
  );
  const sent = new Set(spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`));
  expect(logs.filter(({ traceId, spanId }) => !sent.has(`${traceId} ${spanId}`))).toEqual([]);
  expect(logs.at(-1)).toMatchObject({ severity: 'INFO', body: expect.stringMatching(/^finished at step/) });
  const described = { 'service.name': 'weir', 'weir.run.name': 'three', team: 'red' };
  for (const each of [spans[0]!, metrics[0]!, logs[0]!]) expect(each.resource).toMatchObject(described);
  expect((await registry.scrape()).body).toContain(
    `weir_log_records_total{result="exported",run="three"} ${logs.length}`,
  );
});

it('pushes the values, names and labels that a scrape shows', async () => {
  const { url, metrics } = await receiver();
  environment({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${url}/v1/metrics` });
  const { registry } = await ran('same');
  const shown = scraped((await registry.scrape()).body);
  const pushed = new Map(metrics.flatMap(linesOf));
  // What goes on by itself between the push and the scrape, and what the two count of each other.
  const moves = /^(?:process_|nodejs_|weir_scrape|weir_otlp|weir_eventloop)/;
  const names = (lines: Map<string, number>) => [...lines.keys()].filter((line) => !moves.test(line)).sort();
  expect(names(pushed)).toEqual(names(shown));
  for (const line of names(shown)) expect(pushed.get(line), line).toBe(shown.get(line));
  expect(names(shown).length).toBeGreaterThan(100);
  expect(metrics.some(({ name }) => name === 'process_cpu_seconds_total')).toBe(true);
  expect(metrics.find(({ name }) => name === 'weir_step_duration_seconds')!.unit).toBe('s');
});

it('shows metrics of one’s own in the same scrape and the same push', async () => {
  const { url, metrics } = await receiver();
  environment({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${url}/v1/metrics` });
  const registry = new MetricRegistry({ run: 'own' });
  const registers = [new Registry()];
  registry.include(registers[0]!);
  new Gauge({ name: 'room_temperature_celsius', help: 'Of the room.', registers }).set(21.5);
  new Counter({ name: 'doors_total', help: 'Opened.', registers, labelNames: ['side'] }).inc({
    side: 'left',
  });
  new Histogram({ name: 'wait_seconds', help: 'At the door.', buckets: [1, 2], registers }).observe(1.5);
  const push = pushMetrics({ registry })!;
  await push.close();
  const { body } = await registry.scrape('application/openmetrics-text');
  expect(body).toContain('room_temperature_celsius{run="own"} 21.5');
  expect(body).toContain('doors_total{side="left",run="own"} 1');
  const lines = new Map(metrics.flatMap(linesOf));
  expect(lines.get('room_temperature_celsius{run="own"}')).toBe(21.5);
  expect(lines.get('doors_total{side="left",run="own"}')).toBe(1);
  expect(lines.get('wait_seconds_bucket{le="2",run="own"}')).toBe(1);
  const taken = new Registry();
  new Gauge({ name: 'weir_loss', help: 'Taken.', registers: [taken] });
  expect(() => registry.include(taken)).toThrow('expected a name that is not taken, got weir_loss');
});

it.each(['refuse', 'hang'] as const)('ends where a collector does not take: %s', async (mode) => {
  const { url } = await receiver(mode);
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: url });
  // A run that waited for an answer would never end.
  const { registry } = await ran(mode);
  const { body } = await registry.scrape();
  expect(body).toContain(`weir_log_records_total{result="exported",run="${mode}"} 0`);
});

it('drops log records beyond its queue, and counts them', async () => {
  const { url } = await receiver('hang');
  environment({ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${url}/v1/logs`, OTEL_BLRP_MAX_QUEUE_SIZE: '600' });
  const registry = new MetricRegistry({ run: 'full' });
  const logs = runLogRecords({ registry })!;
  for (let index = 0; index < 1000; index++) logs.onEvent({ kind: 'samples', index, path: 'p' });
  await logs.close();
  expect((await registry.scrape()).body).toContain('weir_log_records_total{result="dropped",run="full"} 400');
});

it.each([
  ['OTEL_SDK_DISABLED', 'true'],
  ['OTEL_METRICS_EXPORTER', 'none'],
])('pushes no metrics where %s is %s', (name, value) => {
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', [name]: value });
  expect(pushMetrics({ registry: new MetricRegistry() })).toBeUndefined();
});

it('traces by a provider that the program has registered, and leaves it open', async () => {
  environment({});
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { url, spans } = await receiver();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SERVICE_NAME: 'theirs' });
  const sdk = new NodeSDK({ metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  onTestFinished(() => trace.disable());
  const tracing = openTracing({ registry: new MetricRegistry() })!;
  tracing.tracer.startSpan('ours').end();
  await tracing.close();
  trace.getTracer('theirs').startSpan('after').end();
  await sdk.shutdown();
  expect(spans.map(({ name }) => name).sort()).toEqual(['after', 'ours']);
  expect(spans[0]!.resource['service.name']).toBe('theirs');
});
