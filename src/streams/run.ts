import { type Observable, Subscriber } from 'rxjs';
import { quietly, type Warn, warnProcess } from '../base/index.ts';
import { Gate } from './gate.ts';
import { keepAlive } from './macrotask.ts';

/** How a run ended: by itself, after `stop()`, or at `abort()`. */
export type Ended = 'completed' | 'stopped' | 'aborted';

/** What is left of a run. */
export interface StreamSummary<Event> {
  /** How many events there were. */
  readonly events: number;
  /** The last of them; undefined where there was none. */
  readonly last: Event | undefined;
  readonly ended: Ended;
}

/**
 * The handle of one execution: pauses, resumes, stops and aborts it, and waits for its end. It is
 * what a pump takes, `pump(source, run)`, and its gate is what barriers and asynchronous steps
 * take. A run that was stopped or aborted stays so.
 */
export class Run {
  readonly #stopper = new AbortController();
  readonly #aborter = new AbortController();
  /** How to abort each stream that runs. */
  readonly #running = new Set<() => void>();
  #stopped = false;
  #open: (() => void) | undefined;
  #letGo: (() => void) | undefined;

  readonly gate = new Gate();
  /** Aborted as soon as the run is asked to stop, for the pump. */
  readonly stopping: AbortSignal = this.#stopper.signal;
  /** Aborted when the run is aborted, for whatever else should end with it. */
  readonly signal: AbortSignal = this.#aborter.signal;
  readonly warn: Warn;
  /** Called by the pump when it completes because of `stop()`. */
  readonly onStopped = (): void => {
    this.#stopped = true;
  };

  /**
   * @param options.warn called with what went wrong beside the run; a process warning by default
   */
  constructor({ warn = warnProcess }: { readonly warn?: Warn } = {}) {
    this.warn = quietly(warn);
  }

  get paused(): boolean {
    return this.#open !== undefined;
  }

  /**
   * Whether the run is paused and no step or barrier is pending. It is wrong only inside a
   * synchronous step.
   */
  get still(): boolean {
    return this.paused && this.gate.holders === 1;
  }

  /**
   * Pulls nothing more after the present step, until `resume()`. The process stays alive meanwhile.
   */
  pause(): void {
    if (this.paused || this.stopping.aborted || this.signal.aborted) return;
    this.#open = this.gate.hold();
    this.#stayAlive();
  }

  resume(): void {
    const open = this.#open;
    this.#open = undefined;
    this.#stayAlive();
    open?.();
  }

  /**
   * Completes the stream after the present step, with what barriers and side streams do at the end;
   * also while paused.
   */
  stop(): void {
    this.#stopper.abort();
    this.resume();
  }

  /**
   * Unsubscribes at once: sources are closed, pending tasks see an aborted signal, nothing is
   * emitted any more.
   */
  abort(reason?: unknown): void {
    for (const abort of this.#running) abort();
    this.#aborter.abort(reason);
    this.resume();
  }

  /**
   * Runs a stream to its end. It is subscribed to at once, unless the run was aborted before.
   * @throws the error of the stream, untouched
   */
  done<Event>(events$: Observable<Event>): Promise<StreamSummary<Event>> {
    return new Promise((resolve, reject) => {
      let events = 0;
      let last: Event | undefined;
      const settle = (ended: Ended) => {
        resolve({ events, last, ended });
        leave();
      };
      const abort = () => settle('aborted');
      const leave = () => {
        this.#running.delete(abort);
        this.#stayAlive();
        try {
          subscriber.unsubscribe();
        } catch (error) {
          this.warn(`the stream failed while it was torn down: ${error}`);
        }
      };
      // Made beforehand, so that a stream that emits while it is being subscribed to can be
      // aborted.
      const subscriber = new Subscriber<Event>({
        next(event) {
          events++;
          last = event;
        },
        error: (error: unknown) => {
          reject(error);
          leave();
        },
        complete: () => settle(this.#stopped ? 'stopped' : 'completed'),
      });
      this.#running.add(abort);
      this.#stayAlive();
      if (this.signal.aborted) abort();
      else events$.subscribe(subscriber);
    });
  }

  /** A paused run with nothing else to wait for would let the process end. */
  #stayAlive(): void {
    if (this.paused && this.#running.size > 0) {
      this.#letGo ??= keepAlive();
      return;
    }
    this.#letGo?.();
    this.#letGo = undefined;
  }
}
