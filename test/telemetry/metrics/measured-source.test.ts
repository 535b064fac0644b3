import { expect, it } from 'vitest';
import { measuredSource } from '../../../src/telemetry/index.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { numbersOf } from './numbers-of.ts';

/** Works for a while. @returns how many seconds it took, which a loaded machine makes longer */
function worked(milliseconds: number): number {
  const began = performance.now();
  while (performance.now() < began + milliseconds);
  return (performance.now() - began) / 1000;
}

it('changes nothing of the items, and measures what it takes to make them', async () => {
  const registry = new MetricRegistry();
  const seen: number[] = [];
  const took = { making: 0, using: 0 };
  function* slow() {
    for (let i = 0; i < 4; i++) {
      took.making += worked(3);
      yield i;
    }
  }
  const began = performance.now();
  for (const item of measuredSource('pump', slow(), registry)) {
    seen.push(item);
    // What follows the last item is no wait for another one.
    if (item < 3) took.using += worked(20);
  }
  const whole = (performance.now() - began) / 1000;
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(await numbersOf(registry, 'weir_stream_items_total')).toEqual({ pump: 4 });
  expect((await numbersOf(registry, 'weir_stream_terminations_total'))['pump,completed']).toBe(1);
  const busy = registry.buckets('weir_stream_busy_duration_seconds', { stage: 'pump' }).sum;
  const wait = registry.buckets('weir_stream_wait_duration_seconds', { stage: 'pump' }).sum;
  expect(busy).toBeGreaterThanOrEqual(took.making);
  expect(wait).toBeGreaterThanOrEqual(took.using);
  expect(busy + wait).toBeLessThanOrEqual(whole);
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

it('measures how long an item of an asynchronous source is waited for', async () => {
  const registry = new MetricRegistry();
  let closed = 0;
  let took = 0;
  async function* slow() {
    try {
      for (let i = 0; i < 3; i++) {
        const began = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 5));
        took += (performance.now() - began) / 1000;
        if (i === 2) throw new Error('broken');
        yield i;
      }
    } finally {
      closed++;
    }
  }
  const source = { [Symbol.asyncIterator]: slow };
  const seen: number[] = [];
  const reading = (async () => {
    for await (const item of measuredSource('pump', source, registry)) seen.push(item);
  })();
  await expect(reading).rejects.toThrow('broken');
  expect(seen).toEqual([0, 1]);
  const { sum } = registry.buckets('weir_stream_busy_duration_seconds', { stage: 'pump' });
  expect(sum).toBeGreaterThan((took * 2) / 4);
  for await (const _ of measuredSource('pump', source, registry)) break;
  expect(closed).toBe(2);
  const ends = await numbersOf(registry, 'weir_stream_terminations_total');
  expect([ends['pump,failed'], ends['pump,unsubscribed']]).toEqual([1, 1]);
});
