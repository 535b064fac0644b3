import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { StageProbe } from '../../../src/telemetry/metrics/stage-probe.ts';
import { numbersOf } from './numbers-of.ts';

/** A probe whose clock stands until `pass`. */
function probed() {
  const registry = new MetricRegistry();
  let time = 0;
  const probe = new StageProbe(registry, 's', () => time);
  const sum = (name: 'busy' | 'wait') =>
    registry.buckets(`weir_stream_${name}_duration_seconds`, { stage: 's' });
  const pass = (seconds: number) => {
    time += seconds;
  };
  return { registry, probe, pass, busy: () => sum('busy').sum, wait: () => sum('wait').sum, sum };
}

describe('the probe of a stage', () => {
  it('tells work from waiting, and both from the work of the stages after it', () => {
    const { probe, pass, busy, wait } = probed();
    for (let i = 0; i < 3; i++) {
      pass(5);
      probe.enter();
      pass(2);
      probe.exit();
      pass(100);
      probe.passed();
      probe.returned();
    }
    expect([wait(), busy()]).toEqual([15, 6]);
  });

  it('counts asynchronous work as work', () => {
    const { probe, pass, busy, wait } = probed();
    pass(1);
    probe.enter();
    pass(0.5);
    probe.returned();
    pass(3);
    probe.exit();
    probe.passed();
    pass(4);
    probe.enter();
    expect([wait(), busy()]).toEqual([5, 3.5]);
  });

  it('waits from when a swallowed item was done with', () => {
    const { probe, pass, busy, wait } = probed();
    probe.enter();
    pass(2);
    probe.returned();
    pass(7);
    probe.enter();
    expect([wait(), busy()]).toEqual([7, 2]);
  });

  it('knows whether an item is in it', async () => {
    const { registry, probe } = probed();
    const inFlight = () => numbersOf(registry, 'weir_stream_inflight_items');
    expect(await inFlight()).toEqual({ s: 0 });
    probe.enter();
    probe.returned();
    expect(await inFlight()).toEqual({ s: 1 });
    probe.exit();
    expect(await inFlight()).toEqual({ s: 0 });
  });

  it('looks at the clock for fewer items when they are fast, and its sums stay right', () => {
    const { registry, probe, pass, sum } = probed();
    let looks = 0;
    const counting = new StageProbe(registry, 'fast', () => {
      looks++;
      return looks * 1e-9;
    });
    for (let i = 0; i < 10_000; i++) {
      counting.enter();
      counting.exit();
      counting.passed();
      counting.returned();
    }
    expect(looks).toBeLessThan(600);

    for (let i = 0; i < 100_000; i++) {
      pass(1e-6);
      probe.enter();
      pass(2e-6);
      probe.exit();
      probe.passed();
      probe.returned();
    }
    expect(sum('busy').sum).toBeGreaterThan(0.199);
    expect(sum('busy').sum).toBeLessThan(0.2001);
    expect(sum('wait').sum).toBeGreaterThan(0.099);
    expect(sum('wait').sum).toBeLessThan(0.1001);
  });

  it('keeps its sums right where fast items are swallowed', () => {
    const { probe, pass, busy, wait } = probed();
    for (let i = 0; i < 100_000; i++) {
      pass(1e-6);
      probe.enter();
      pass(2e-6);
      probe.returned();
    }
    expect(busy()).toBeCloseTo(0.2, 3);
    expect(wait()).toBeCloseTo(0.1, 3);
  });

  it('times every item again when they have become slow', () => {
    const { probe, pass, sum } = probed();
    const items = (count: number, seconds: number) => {
      for (let i = 0; i < count; i++) {
        probe.enter();
        pass(seconds);
        probe.exit();
        probe.passed();
        probe.returned();
      }
    };
    items(10_000, 1e-6);
    const before = [...sum('busy').counts].reduce((a, b) => a + b);
    items(1_000, 1);
    const slow = sum('busy').counts[6]!;
    expect(before + slow).toBeLessThanOrEqual(11_000);
    expect(slow).toBeGreaterThan(850);
  });

  it('tells when the last item came, to whoever asks and however often', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 5_000 });
    onTestFinished(() => void vi.useRealTimers());
    const { registry, probe, pass } = probed();
    const last = async () => {
      await registry.collect();
      return numbersOf(registry, 'weir_stream_last_item_timestamp_seconds');
    };
    const item = () => {
      pass(1);
      probe.enter();
      probe.exit();
      probe.passed();
      probe.returned();
    };
    item();
    expect(await last()).toEqual({ s: 5 });
    vi.setSystemTime(9_000);
    expect(await last()).toEqual({ s: 5 });
    item();
    expect(await last()).toEqual({ s: 9 });
  });

  it('counts how it ended', async () => {
    const { registry, probe } = probed();
    probe.ended('failed');
    expect(await numbersOf(registry, 'weir_stream_terminations_total')).toEqual({
      's,completed': 0,
      's,failed': 1,
      's,unsubscribed': 0,
    });
    expect(await numbersOf(registry, 'weir_stream_errors_total')).toEqual({ s: 1 });
  });
});
