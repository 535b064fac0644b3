import { type MonoTypeOperatorFunction, Observable, type OperatorFunction, Subscriber } from 'rxjs';
import { processRegistry } from './process-registry.ts';
import type { MetricRegistry } from './registry.ts';
import { StageProbe } from './stage-probe.ts';

/**
 * Measures a stage of a stream and changes nothing: items, errors, ends, how long the stage waited
 * for an item, how long it worked on it, whether one is in it now, and when the last one came or
 * went.
 *
 *     pump(source, run).pipe(instrument('augment', map(augment)), instrument('learn',
 * gan.learn(run.gate)))
 *
 * Without an operator it measures its place in the stream: items, errors, ends, and the wait for
 * what comes before.
 * @param stage name in the label `stage`
 * @param registry that of the process by default
 */
export function instrument<T>(stage: string): MonoTypeOperatorFunction<T>;
export function instrument<In, Out>(
  stage: string,
  operator: OperatorFunction<In, Out>,
  registry?: MetricRegistry,
): OperatorFunction<In, Out>;
export function instrument(
  stage: string,
  operator: OperatorFunction<unknown, unknown> = (source) => source,
  registry: MetricRegistry = processRegistry(),
): OperatorFunction<unknown, unknown> {
  return (source) =>
    new Observable((out) => {
      const probe = new StageProbe(registry, stage);
      let ended = false;
      const end = (reason: Parameters<StageProbe['ended']>[0]) => {
        if (!ended) probe.ended(reason);
        ended = true;
      };
      out.add(() => end('unsubscribed'));
      // Chained before the source is subscribed to: one that emits meanwhile could not be left
      // otherwise.
      const exit = new Subscriber<unknown>({
        next(item) {
          probe.exit();
          out.next(item);
          probe.passed();
        },
        error(error: unknown) {
          end('failed');
          out.error(error);
        },
        complete() {
          end('completed');
          out.complete();
        },
      });
      out.add(exit);
      operator(entrance(source, probe)).subscribe(exit);
    });
}

/** The source as the stage sees it. */
function entrance(source: Observable<unknown>, probe: StageProbe): Observable<unknown> {
  return new Observable((stage) => {
    const enter = new Subscriber<unknown>({
      next(item) {
        probe.enter();
        stage.next(item);
        probe.returned();
      },
      error: (error: unknown) => stage.error(error),
      complete: () => stage.complete(),
    });
    stage.add(enter);
    source.subscribe(enter);
  });
}
