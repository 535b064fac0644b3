import { finalize, ignoreElements, type Observable, tap } from 'rxjs';
import type { StepEvent } from '../../streams/index.ts';
import { processRegistry } from '../metrics/process-registry.ts';
import type { MetricRegistry } from '../metrics/registry.ts';
import { RunTraces, type RunTracesOptions } from './run-traces.ts';
import { openTracing } from './tracing.ts';

/**
 * A side stream that traces a run, `alongside(warn, traces())`, as the standard `OTEL_*` variables
 * say; where they say nothing, it does nothing. Exemplars of the metrics in the same registry point
 * to its spans.
 * @param registry that of the process by default
 */
export function traces(
  options: RunTracesOptions = {},
  registry: MetricRegistry = processRegistry(),
): (events$: Observable<StepEvent>) => Observable<never> {
  return (events$) => {
    const tracing = openTracing({ registry });
    if (tracing === undefined) return events$.pipe(ignoreElements());
    const observer = new RunTraces(tracing, registry, options);
    return events$.pipe(
      tap((event) => observer.onStep(event)),
      finalize(() => void observer.close()),
      ignoreElements(),
    );
  };
}
