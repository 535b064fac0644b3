import { of } from 'rxjs';
import { expect, it, onTestFinished } from 'vitest';
import { alongside } from '../../../src/streams/index.ts';
import { metrics } from '../../../src/telemetry/metrics/metrics.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { traces } from '../../../src/telemetry/traces/traces.ts';
import { record } from '../../streams/support.ts';
import { otlpReceiver } from '../../support/otlp-receiver.ts';
import { environment } from './environment.ts';

const events = [0, 1].map((index) => ({ index, player: 'critic', seconds: 0.1, values: { loss: 1 } }));
const raise = (error: unknown) => {
  throw error;
};

it('traces a stream that somebody has composed, and links its metrics to the spans', async () => {
  const receiver = await otlpReceiver();
  onTestFinished(() => receiver.close());
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const registry = new MetricRegistry();
  const { said } = record(of(...events).pipe(alongside(raise, metrics({}, registry), traces({}, registry))));
  expect(said).toEqual([...events, 'complete']);
  await expect.poll(() => receiver.spans.length).toBe(4);
  expect(receiver.spans.map(({ name }) => name)).toEqual([
    'train.run',
    'step.critic',
    'step.critic',
    'train.interval',
  ]);
  await expect
    .poll(async () => (await registry.scrape('application/openmetrics-text')).body)
    .toContain('trace_id');
});

it('does nothing where nothing is configured', () => {
  environment({});
  const { said } = record(of(...events).pipe(alongside(raise, traces())));
  expect(said).toEqual([...events, 'complete']);
});
