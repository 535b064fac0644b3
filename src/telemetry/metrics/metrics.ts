import { finalize, ignoreElements, type Observable, tap } from 'rxjs';
import type { StepEvent } from '../../streams/index.ts';
import { processRegistry } from './process-registry.ts';
import type { MetricRegistry } from './registry.ts';
import { type RunDescription, RunMetrics } from './run-metrics.ts';

/**
 * A side stream that counts the events of a run: `alongside(warn, metrics())`. Serve them with
 * `processRegistry().scrape(request.headers.accept)`.
 * @param registry that of the process by default
 */
export function metrics(
  run: RunDescription = {},
  registry: MetricRegistry = processRegistry(),
): (events$: Observable<StepEvent>) => Observable<never> {
  return (events$) => {
    const observer = new RunMetrics(registry, run);
    return events$.pipe(
      tap((event) => observer.onStep(event)),
      finalize(() => observer.close()),
      ignoreElements(),
    );
  };
}
