import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { monotonicSeconds } from '../../base/index.ts';
import type { MetricRegistry } from './registry.ts';

const resolutionMs = 20;
const windowSeconds = 5;

/**
 * Shows how busy and how late the event loop is, over at least five seconds, however many scrapers
 * ask in between.
 * @returns what ends it
 */
export function measureEventLoop(registry: MetricRegistry, now: () => number = monotonicSeconds): () => void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  let before = performance.eventLoopUtilization();
  let looked = now();
  const forget = registry.onScrape(() => {
    const time = now();
    if (time - looked < windowSeconds) return;
    looked = time;
    const present = performance.eventLoopUtilization();
    registry.set(
      'weir_eventloop_utilization_ratio',
      performance.eventLoopUtilization(present, before).utilization,
    );
    before = present;
    // It samples by a timer, and reports the whole time between two samples.
    const late = delay.percentile(99) / 1e9 - resolutionMs / 1000;
    registry.set('weir_eventloop_lag_p99_seconds', Math.max(0, late));
    delay.reset();
  });
  return () => {
    forget();
    delay.disable();
  };
}
