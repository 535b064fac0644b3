import { expect, it } from 'vitest';
import { runMetrics } from '../../../../src/telemetry/metrics/catalogue/run.ts';

it('has buckets for steps from a microsecond to a minute, no two further apart than 2.5 times', () => {
  const { buckets = [] } = runMetrics.weir_step_duration_seconds;
  expect([buckets[0], buckets.at(-1)]).toEqual([1e-6, 60]);
  for (let i = 1; i < buckets.length; i++)
    expect(buckets[i]! / buckets[i - 1]!).toBeLessThanOrEqual(2.5000001);
});
