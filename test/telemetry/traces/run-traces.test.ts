import { metrics } from '@opentelemetry/sdk-node';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunEvent } from '../../../src/runs/index.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { RunMetrics } from '../../../src/telemetry/metrics/run-metrics.ts';
import { RunTraces } from '../../../src/telemetry/traces/run-traces.ts';
import { spanCounts } from '../../../src/telemetry/traces/span-counts.ts';
import { openTracing } from '../../../src/telemetry/traces/tracing.ts';
import { type Mode, otlpReceiver, type ReceivedSpan } from '../../support/otlp-receiver.ts';
import { numbersOf } from '../metrics/numbers-of.ts';
import { environment } from './environment.ts';

/** A run of 40 steps in two intervals, with a checkpoint, an evaluation and an end. */
async function tracedRun(mode: Mode = 'take', more: readonly RunEvent[] = []) {
  const receiver = await otlpReceiver(mode);
  onTestFinished(() => receiver.close());
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '100' });
  const registry = new MetricRegistry({ run: 'r' });
  let endInterval = () => {};
  const timers = new Set<() => void>();
  const scheduler = {
    now: () => 0,
    schedule: (work: () => void) => {
      endInterval = work;
      timers.add(work);
      return { unsubscribe: () => void timers.delete(work) };
    },
  };
  const traces = new RunTraces(openTracing({ registry })!, registry, { stepsPerInterval: 20, scheduler });
  const metrics = new RunMetrics(registry);
  const observers = [metrics, traces];
  const step = (index: number) => {
    const event = {
      index,
      player: index % 2 ? 'generator' : 'critic',
      seconds: 0.002,
      values: { loss: index },
    };
    for (const observer of observers) observer.onStep(event);
  };
  for (const observer of observers) observer.onEvent({ kind: 'started', index: 0, steps: 40 });
  for (let index = 0; index < 20; index++) step(index);
  endInterval();
  for (let index = 20; index < 40; index++) step(index);
  traces.onEvent({ kind: 'checkpoint', index: 40, seconds: 0.25, bytes: 999, path: 'c' });
  traces.onEvent({ kind: 'checkpoint-failed', index: 40, message: 'full' });
  traces.onEvent({ kind: 'evaluation', index: 40, seconds: 1.5, values: { fid: 12 } });
  for (const event of more) traces.onEvent(event);
  traces.onEvent({
    kind: 'ended',
    index: 40,
    ended: 'failed',
    error: { code: 'NON_FINITE_LOSS', message: 'x' },
  });
  await traces.close();
  metrics.close();
  const named = (name: string) => receiver.spans.filter((span) => span.name === name);
  return { receiver, registry, named, timers };
}

const openMetrics = 'application/openmetrics-text';

describe('the traces of a run', () => {
  it('have a short trace for every interval, linked to the run and to the one before', async () => {
    const { named } = await tracedRun();
    const [run, ...noMore] = named('train.run');
    expect(noMore).toEqual([]);
    expect(run!.attributes).toMatchObject({ 'weir.target_steps': 40 });
    const [first, second] = named('train.interval');
    expect(first!.links).toEqual([run!.spanId]);
    expect(second!.links).toEqual([run!.spanId, first!.spanId]);
    expect(new Set([run, first, second].map((span) => span!.traceId)).size).toBe(3);
    expect([run, first, second].map((span) => span!.parentSpanId)).toEqual(['', '', '']);
    expect(first!.attributes).toMatchObject({
      'weir.first_step': 0,
      'weir.next_step': 20,
      'weir.value.loss': 19,
    });
    expect(second!.attributes).toMatchObject({ 'weir.first_step': 20, 'weir.next_step': 40 });
  });

  it('leave no timer behind', async () => {
    expect((await tracedRun()).timers.size).toBe(0);
  });

  it('make spans of steps afterwards, within a limit, as long as the step took', async () => {
    const { receiver, registry, named } = await tracedRun();
    const [first, second] = named('train.interval');
    const of = (interval: ReceivedSpan) =>
      receiver.spans.filter((span) => span.parentSpanId === interval.spanId);
    const steps = of(first!).filter(({ name }) => name.startsWith('step.'));
    expect(steps).toHaveLength(15);
    expect(steps[1]).toMatchObject({
      name: 'step.generator',
      attributes: { 'weir.step': 1, 'weir.value.loss': 1 },
    });
    expect(steps[1]!.seconds).toBeCloseTo(0.002, 6);
    expect(steps.every(({ traceId }) => traceId === first!.traceId)).toBe(true);
    expect(of(second!).filter(({ name }) => name.startsWith('step.')).length).toBeLessThanOrEqual(15);
    expect((await numbersOf(registry, 'weir_spans_suppressed_total'))['']).toBeGreaterThan(0);
  });

  it('tell of checkpoints, evaluations and the end', async () => {
    const { named } = await tracedRun();
    const [saved, failed] = named('checkpoint.save');
    expect(saved).toMatchObject({
      failed: false,
      attributes: { 'weir.step': 40, 'weir.checkpoint.bytes': 999 },
    });
    expect(saved!.seconds).toBeCloseTo(0.25, 6);
    expect(failed).toMatchObject({ failed: true, attributes: { 'error.type': 'CHECKPOINT_WRITE' } });
    expect(named('evaluate')[0]).toMatchObject({ attributes: { 'weir.score.fid': 12 } });
    expect(named('train.interval')[1]).toMatchObject({
      failed: true,
      attributes: { 'weir.ended': 'failed', 'error.type': 'NON_FINITE_LOSS' },
    });
  });

  it('tell of alerts and roll-backs as moments, and begin an interval after a roll-back', async () => {
    const { named } = await tracedRun('take', [
      { kind: 'alert', index: 40, rule: 'Slow', severity: 'warning', message: 'slow' },
      { kind: 'rollback', index: 30, from: 40, reason: 'Slow', factor: 0.5 },
    ]);
    const alert = { 'weir.alert.rule': 'Slow', 'weir.alert.severity': 'warning' };
    expect(named('alert')).toEqual([expect.objectContaining({ seconds: 0, attributes: alert })]);
    const back = { 'weir.step': 30, 'weir.rollback.from': 40 };
    expect(named('rollback')).toEqual([expect.objectContaining({ seconds: 0, attributes: back })]);
    const steps = named('train.interval').map(({ attributes }) => attributes['weir.next_step']);
    expect(steps).toEqual([20, 30, 30]);
  });

  it('are pointed to by exemplars that all lead to a span which the collector has', async () => {
    const { receiver, registry } = await tracedRun();
    const { body } = await registry.scrape(openMetrics);
    const exemplars = [...body.matchAll(/trace_id="(\w+)",span_id="(\w+)"/g)];
    expect(exemplars.length).toBeGreaterThanOrEqual(2);
    for (const [, traceId, spanId] of exemplars)
      expect(receiver.spans).toContainEqual(expect.objectContaining({ traceId, spanId }));
  });

  it('have no exemplars where the collector takes nothing', async () => {
    const { registry } = await tracedRun('refuse');
    expect((await registry.scrape(openMetrics)).body).not.toContain('trace_id');
  });
});

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
