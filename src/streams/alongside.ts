import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { failureHandler } from './failure-handler.ts';
import { operator } from './operator.ts';
import { functionOption } from './options.ts';
import { Tee } from './tee.ts';

/** An observer of a run: what it does with the events; what it emits is ignored. */
export type Side<Event> = (events$: Observable<Event>) => Observable<unknown>;

/**
 * Side streams: every side sees every event, before the event flows on, and can neither change, end
 * nor wait for the run. A side that throws or errors is reported to `onFailure` and dropped; one
 * that completes early is just gone. The others and the run go on.
 *
 * Events are hot and synchronous, and nothing is buffered: a side that is slow must drop
 * (`throttleTime`, `exhaustMap`). When the run completes or fails, the events complete, so that
 * sides flush; the run does not wait for a side that goes on after that. On unsubscription all
 * sides are unsubscribed. A side that subscribes by itself with a handler that throws is beyond our
 * reach: RxJS reports that as an uncaught exception.
 * @throws TypeError when `onFailure` or a side is not a function
 */
export function alongside<Event>(
  onFailure: (error: unknown) => void,
  ...sides: readonly Side<NoInfer<Event>>[]
): MonoTypeOperatorFunction<Event> {
  const failed = failureHandler(onFailure);
  for (const side of sides) functionOption('side', side);

  return operator<Event, Event>((out) => {
    const tee = new Tee<Event>(failed);
    for (const side of sides) tee.attach(side);
    return {
      next(event) {
        tee.next(event);
        out.next(event);
      },
      failing: () => tee.complete(),
      complete() {
        tee.complete();
        out.complete();
      },
      teardown: () => tee.close(),
    };
  });
}
