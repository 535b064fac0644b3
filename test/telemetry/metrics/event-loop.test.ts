import { expect, it } from 'vitest';
import { MetricRegistry, measureEventLoop } from '../../../src/telemetry/index.ts';

it('shows how busy and late the event loop is once in five seconds, however many ask', async () => {
  const registry = new MetricRegistry();
  let time = 0;
  const forget = measureEventLoop(registry, () => time);
  const shown = async () => {
    registry.collect();
    const names = ['weir_eventloop_utilization_ratio', 'weir_eventloop_lag_p99_seconds'] as const;
    return (await Promise.all(names.map((name) => registry.read(name)))).flat().map(({ value }) => value);
  };
  expect(await shown()).toEqual([]);

  // Every delay that is sampled meanwhile is of a loop that stands still for 100 ms at a time.
  for (let i = 0; i < 5; i++) {
    const until = performance.now() + 100;
    while (performance.now() < until);
    // Not a timer, for which the loop would stand idle.
    await new Promise(setImmediate);
  }
  time = 4.9;
  expect(await shown()).toEqual([]);
  time = 5;
  const [utilization, lag] = await shown();
  expect(utilization).toBeGreaterThan(0.5);
  expect(utilization).toBeLessThanOrEqual(1);
  expect(lag).toBeGreaterThan(0.05);

  time = 9.9;
  expect(await shown()).toEqual([utilization, lag]);
  forget();
  time = 20;
  expect(await shown()).toEqual([utilization, lag]);
});
