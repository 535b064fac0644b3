import { Observable, type OperatorFunction, Subscriber } from 'rxjs';

/** What an operator does with the notifications of its source. */
export interface Inlet<In> {
  /** Called without its object, once for every item. */
  next(this: void, value: In): void;
  complete(): void;
  /** Runs before an error of the source goes on. It must not throw. */
  failing?(): void;
  /** Runs once, when the stream has ended in any way. It must not throw. */
  teardown?(): void;
}

/**
 * An operator of the notifications that it handles; errors of the source go through untouched.
 * `inlet` is called for every subscription and holds its state. It must catch what the functions of
 * its user throw.
 */
export function operator<In, Out>(inlet: (out: Subscriber<Out>) => Inlet<In>): OperatorFunction<In, Out> {
  return (source) =>
    new Observable<Out>((out) => {
      const handlers = inlet(out);
      const subscriber = new InletSubscriber(handlers, out);
      // Chained before the source is subscribed to: otherwise a source that emits meanwhile could
      // not be left, and `range(0, Infinity)` before `take(1)` would never end.
      out.add(subscriber);
      out.add(() => handlers.teardown?.());
      source.subscribe(subscriber);
    });
}

/** Takes an item that comes too late, as RxJS has it. */
const late = Subscriber.prototype.next;

/**
 * Hands notifications to an inlet with nothing in between, since every item of a run comes through
 * here, once for each operator: items go straight to its function, until the stream has ended.
 */
class InletSubscriber<In> extends Subscriber<In> {
  readonly #inlet: Inlet<In>;
  readonly #out: Subscriber<unknown>;
  #ended = false;

  constructor(inlet: Inlet<In>, out: Subscriber<unknown>) {
    super();
    this.next = inlet.next;
    this.#inlet = inlet;
    this.#out = out;
  }

  override unsubscribe(): void {
    this.next = late;
    super.unsubscribe();
  }

  override error(error: unknown): void {
    if (this.closed) super.error(error);
    else
      this.#end(() => {
        this.#inlet.failing?.();
        this.#out.error(error);
      });
  }

  override complete(): void {
    if (this.closed) super.complete();
    else this.#end(() => this.#inlet.complete());
  }

  /** Runs `end` at the first end; one that comes while it runs is ignored. */
  #end(end: () => void): void {
    if (this.#ended) return;
    this.#ended = true;
    this.next = ignore;
    try {
      end();
    } finally {
      this.unsubscribe();
    }
  }
}

function ignore(): void {}
