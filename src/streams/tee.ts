import { Observable, type Subscriber, Subscription } from 'rxjs';

/**
 * Hands events to side streams, none of which can affect the source. Nothing here throws but
 * `failed`.
 */
export class Tee<Event> {
  readonly #failed: (error: unknown) => void;
  readonly #sides = new Subscription();
  /** Replaced, never changed: a side may come or go while an event is handed out. */
  #listeners: readonly Subscriber<Event>[] = [];
  #ended = false;

  /** The events from now on. */
  readonly events$ = new Observable<Event>((listener) => {
    if (this.#ended) return listener.complete();
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  });

  /** @param failed called with every error of a side */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  attach(side: (events$: Observable<Event>) => Observable<unknown>): void {
    this.#guard(() => this.#sides.add(side(this.events$).subscribe({ error: this.#failed })));
  }

  next(event: Event): void {
    for (const listener of this.#listeners) {
      try {
        listener.next(event);
      } catch (error) {
        this.#failed(error);
        this.#guard(() => listener.unsubscribe());
      }
    }
  }

  /** There are no more events; the sides end in their own time. */
  complete(): void {
    this.#ended = true;
    for (const listener of this.#listeners) this.#guard(() => listener.complete());
  }

  /** Ends the sides that have not completed. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#guard(() => this.#sides.unsubscribe());
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#failed(error);
    }
  }
}
