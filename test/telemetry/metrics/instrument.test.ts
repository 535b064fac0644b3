import { filter, map, Observable, of, Subject, take } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { learn, pump, Run } from '../../../src/streams/index.ts';
import { instrument } from '../../../src/telemetry/metrics/instrument.ts';
import { processRegistry } from '../../../src/telemetry/metrics/process-registry.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { milliseconds, record } from '../../streams/support.ts';
import { numbersOf } from './numbers-of.ts';

const double = map((x: number) => 2 * x);

describe('instrument', () => {
  it('changes nothing of what flows, and counts it', async () => {
    const registry = new MetricRegistry();
    const { said } = record(of(1, 2, 3).pipe(instrument('double', double, registry)));
    expect(said).toEqual([2, 4, 6, 'complete']);
    expect(await numbersOf(registry, 'weir_stream_items_total')).toEqual({ double: 3 });
    expect(await numbersOf(registry, 'weir_stream_subscriptions_total')).toEqual({ double: 1 });
    expect((await numbersOf(registry, 'weir_stream_terminations_total'))['double,completed']).toBe(1);
  });

  it('passes errors on untouched and counts them, be they of the source or of the stage', async () => {
    const registry = new MetricRegistry();
    const broken = new Error('broken');
    const throws = map((x: number) => {
      if (x === 2) throw broken;
      return x;
    });
    expect(record(of(1, 2, 3).pipe(instrument('own', throws, registry))).said).toEqual([1, broken]);
    expect(record(of(1, 2).pipe(throws, instrument('given', double, registry))).said).toEqual([2, broken]);
    expect(await numbersOf(registry, 'weir_stream_errors_total')).toEqual({ own: 1, given: 1 });
  });

  it('lets a source go as soon as nobody wants more of it', async () => {
    const registry = new MetricRegistry();
    const source = new Subject<number>();
    const { said } = record(source.pipe(instrument('double', double, registry), take(1)));
    source.next(1);
    expect(said).toEqual([2, 'complete']);
    expect(source.observed).toBe(false);
    expect((await numbersOf(registry, 'weir_stream_terminations_total'))['double,unsubscribed']).toBe(1);
  });

  it('ends a source that never ends by itself', () => {
    const endless = new Observable<number>((out) => {
      for (let i = 0; !out.closed; i++) out.next(i);
    });
    const registry = new MetricRegistry();
    expect(record(endless.pipe(instrument('s', double, registry), take(2))).said).toEqual([0, 2, 'complete']);
  });

  it('has no item in flight after those that a filter swallows', async () => {
    const registry = new MetricRegistry();
    record(
      of(1, 2, 3).pipe(
        instrument(
          'odd',
          filter((x) => x % 2 === 1),
          registry,
        ),
      ),
    );
    expect(await numbersOf(registry, 'weir_stream_items_total')).toEqual({ odd: 2 });
    expect(await numbersOf(registry, 'weir_stream_inflight_items')).toEqual({ odd: 0 });
  });

  it('counts the work of what comes after it neither as its own nor as its wait', () => {
    let time = 0;
    using _clock = vi.spyOn(performance, 'now').mockImplementation(() => 1000 * time);
    const registry = new MetricRegistry();
    const slow = (seconds: number) =>
      map((x: number) => {
        time += seconds;
        return x;
      });
    record(of(1, 2, 3).pipe(slow(2), instrument('s', slow(5), registry), slow(100)));
    const sum = (name: 'busy' | 'wait') =>
      registry.buckets(`weir_stream_${name}_duration_seconds`, { stage: 's' }).sum;
    expect([sum('wait'), sum('busy')]).toEqual([6, 15]);
  });

  it('measures steps that answer with promises, in a real run', async () => {
    const registry = new MetricRegistry();
    const run = new Run();
    const step = async (x: number) => {
      await milliseconds(20);
      return x;
    };
    const { events } = await run.done(
      pump([1, 2, 3, 4], run).pipe(instrument('learn', learn(step, run.gate), registry)),
    );
    expect(events).toBe(4);
    const busy = registry.buckets('weir_stream_busy_duration_seconds', { stage: 'learn' });
    expect(busy.sum).toBeGreaterThan(0.07);
    expect([...busy.counts].reduce((a, b) => a + b)).toBe(4);
  });

  it('marks a place where no operator is given, in the registry of the process', async () => {
    const before = (await numbersOf(processRegistry(), 'weir_stream_items_total')).here ?? 0;
    expect(record(of(1, 2).pipe(instrument('here'))).said).toEqual([1, 2, 'complete']);
    expect((await numbersOf(processRegistry(), 'weir_stream_items_total')).here).toBe(before + 2);
  });
});
