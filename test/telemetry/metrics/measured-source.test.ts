import { expect, it } from 'vitest';
import { measuredSource } from '../../../src/telemetry/index.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { numbersOf } from './numbers-of.ts';

/** Makes numbers, each of which takes some milliseconds. */
function* slow(count: number) {
  for (let i = 0; i < count; i++) {
    const until = performance.now() + 3;
    while (performance.now() < until);
    yield i;
  }
}

it('changes nothing of the items, and measures what it takes to make them', async () => {
  const registry = new MetricRegistry();
  const seen: number[] = [];
  for (const item of measuredSource('pump', slow(4), registry)) {
    seen.push(item);
    const until = performance.now() + 20;
    while (performance.now() < until);
  }
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(await numbersOf(registry, 'weir_stream_items_total')).toEqual({ pump: 4 });
  expect((await numbersOf(registry, 'weir_stream_terminations_total'))['pump,completed']).toBe(1);
  const busy = registry.buckets('weir_stream_busy_duration_seconds', { stage: 'pump' }).sum;
  const wait = registry.buckets('weir_stream_wait_duration_seconds', { stage: 'pump' }).sum;
  expect(busy).toBeGreaterThanOrEqual(4 * 0.003);
  expect(wait).toBeGreaterThanOrEqual(3 * 0.02);
  expect(busy).toBeLessThan(wait);
});

it('closes the source when it is left, and passes its errors on', async () => {
  const registry = new MetricRegistry();
  let closed = 0;
  function* closing() {
    try {
      yield 1;
      throw new Error('broken');
    } finally {
      closed++;
    }
  }
  for (const _ of measuredSource('left', closing(), registry)) break;
  expect(closed).toBe(1);
  expect(() => [...measuredSource('broken', closing(), registry)]).toThrow('broken');
  const ends = await numbersOf(registry, 'weir_stream_terminations_total');
  expect([ends['left,unsubscribed'], ends['broken,failed']]).toEqual([1, 1]);
});
