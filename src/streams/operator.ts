import { Observable, type OperatorFunction, Subscriber } from 'rxjs';

/** What an operator does with the notifications of its source. */
export interface Inlet<In> {
  next(value: In): void;
  complete(): void;
  /** Runs before an error of the source goes on. It must not throw. */
  failing?(): void;
  /** Runs once, when the stream has ended in any way. It must not throw. */
  teardown?(): void;
}

/**
 * An operator of the notifications that it handles; errors of the source go through untouched. `inlet` is called for every
 * subscription and holds its state. It must catch what the functions of its user throw.
 *
 * The subscriber is chained to its destination before the source is subscribed to: otherwise a source that emits while it is being
 * subscribed to cannot be unsubscribed from, and `range(0, Infinity)` before `take(1)` never ends.
 */
export function operator<In, Out>(inlet: (out: Subscriber<Out>) => Inlet<In>): OperatorFunction<In, Out> {
  return (source) =>
    new Observable<Out>((out) => {
      const handlers = inlet(out);
      const subscriber = new Subscriber<In>({
        next: (value) => handlers.next(value),
        error: (error: unknown) => {
          handlers.failing?.();
          out.error(error);
        },
        complete: () => handlers.complete(),
      });
      out.add(subscriber);
      out.add(() => handlers.teardown?.());
      source.subscribe(subscriber);
    });
}
