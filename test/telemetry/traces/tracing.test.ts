import { ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { openTracing } from '../../../src/telemetry/traces/tracing.ts';
import { type Mode, otlpReceiver } from '../../support/otlp-receiver.ts';
import { numbersOf } from '../metrics/numbers-of.ts';
import { environment } from './environment.ts';

async function traced(mode: Mode = 'take', variables: Record<string, string> = {}) {
  const receiver = await otlpReceiver(mode);
  onTestFinished(() => receiver.close());
  environment({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    ...variables,
  });
  const registry = new MetricRegistry();
  const tracing = openTracing({
    registry,
    version: '1.2.3',
    runId: 'run-7',
    attributes: { 'weir.run.recipe': 'wgan-gp' },
  })!;
  onTestFinished(() => tracing.close());
  const spans = (count: number) => {
    for (let i = 0; i < count; i++) tracing.tracer.startSpan(`s${i}`, {}, ROOT_CONTEXT).end();
  };
  const counts = async () => {
    await registry.collect();
    return numbersOf(registry, 'weir_spans_total');
  };
  return { receiver, registry, tracing, spans, counts };
}

describe('tracing', () => {
  it.each([
    ['nothing is configured', {}],
    ['the SDK is disabled', { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }],
    [
      'no exporter is wanted',
      { OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
    ],
  ])('is off where %s', (_, variables) => {
    environment(variables);
    expect(openTracing({ registry: new MetricRegistry() })).toBeUndefined();
  });

  it('sends spans that say whose they are, and nothing of the machine or its user', async () => {
    const { receiver, tracing, spans, counts } = await traced('take', {
      OTEL_SERVICE_NAME: 'night-run',
      OTEL_RESOURCE_ATTRIBUTES: 'team=gan',
    });
    spans(3);
    await tracing.close();
    expect(receiver.spans.map(({ name }) => name)).toEqual(['s0', 's1', 's2']);
    const { resource } = receiver.spans[0]!;
    expect(resource).toMatchObject({
      'service.name': 'night-run',
      'service.version': '1.2.3',
      'service.instance.id': 'run-7',
      'weir.run.recipe': 'wgan-gp',
      team: 'gan',
    });
    expect(Object.keys(resource).filter((name) => /^(?:process|host|os)\./.test(name))).toEqual([]);
    expect(await counts()).toMatchObject({ failed: 0, dropped: 0 });
  });

  it('leaves no timer behind that keeps the process', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { tracing, spans } = await traced();
    spans(3);
    await tracing.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('counts what was exported, and what waits', async () => {
    const { receiver, registry, spans, counts } = await traced();
    spans(3);
    await expect.poll(() => receiver.spans.length).toBe(3);
    await expect.poll(counts).toEqual({ exported: 3, failed: 0, dropped: 0 });
    expect(await numbersOf(registry, 'weir_span_queue_capacity_items')).toEqual({ '': 2048 });
    expect(await numbersOf(registry, 'weir_span_queue_items')).toEqual({ '': 0 });
  });

  it('counts what a collector refuses as failed', async () => {
    const { spans, counts } = await traced('refuse', { OTEL_BSP_EXPORT_TIMEOUT: '300' });
    spans(5);
    await expect.poll(counts).toEqual({ exported: 0, failed: 5, dropped: 0 });
  });

  it('drops what does not fit into the queue, and counts it', async () => {
    const { spans, counts } = await traced('hang', {
      OTEL_BSP_MAX_QUEUE_SIZE: '100',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10',
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    });
    spans(1000);
    // A batch of 10 is on its way, 100 wait.
    expect(await counts()).toEqual({ exported: 0, failed: 0, dropped: 890 });
  });

  it('ends by itself though the collector never answers, however long an export may take', async () => {
    const hour = '3600000';
    const limits = { OTEL_EXPORTER_OTLP_TIMEOUT: hour, OTEL_BSP_EXPORT_TIMEOUT: hour };
    const { tracing, spans, counts } = await traced('hang', limits);
    spans(10);
    await tracing.close();
    expect(await counts()).toMatchObject({ exported: 0 });
  });
});
