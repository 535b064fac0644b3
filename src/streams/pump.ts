import { Observable, type Subscriber } from 'rxjs';
import { ClockSampler, positiveNumber, quietly, type Warn, warnProcess } from '../base/index.ts';
import type { Gate } from './gate.ts';
import { macrotask, type Scheduler } from './macrotask.ts';
import { functionOption, gateOption, sourceOption } from './options.ts';
import { Source } from './source.ts';

/** How a pump works. A `Run` is one of these; to add to it, spread it: `{ ...run, release }`. */
export interface PumpOptions<Item = never> {
  /** While it is held, nothing is pulled or delivered. */
  readonly gate?: Gate;
  /** When it is aborted, the pump completes after the present item, as soon as the gate is open. */
  readonly stopping?: AbortSignal;
  /** How long the pump works before it lets the event loop run; 10 by default. */
  readonly sliceMs?: number;
  /**
   * How long the pump waits, once it is asked to stop, for an asynchronous source to close; 5000 by
   * default.
   */
  readonly abandonAfterMs?: number;
  /** Frees an item that was pulled but will not be delivered. */
  readonly release?: (item: Item) => void;
  /**
   * Called when a source fails to close, or is abandoned because it does not answer; a process
   * warning by default.
   */
  readonly warn?: Warn;
  /**
   * Called when the pump completes because it was asked to stop, and not because its source ended.
   */
  readonly onStopped?: () => void;
  readonly scheduler?: Scheduler;
}

/**
 * The only place that pulls: takes one item of the source, pushes it through the whole pipeline,
 * then takes the next. Every subscription iterates the source from its start, in its own task of
 * the event loop.
 *
 * It yields to the event loop after every slice, waits while the gate is held, and looks at both
 * between any two items (at the clock for one in eight where they take microseconds): so pausing,
 * stopping and barriers take effect after the present item. It completes when the source ends or
 * when it is asked to stop, and errors with the untouched error of its source. The source is closed
 * (`return()`) on stop, error downstream and unsubscription. An item that was pulled and not
 * delivered (its consumer left, or the run stopped, while an asynchronous source was fetching it)
 * is released. An asynchronous source that does not answer holds up a stop for `abandonAfterMs` and
 * is then abandoned with a warning.
 *
 * It is a loop and never recurses; what it holds does not grow with the number of items.
 * @throws TypeError when the source is not iterable, or an option is not what it must be
 * @throws RangeError when `sliceMs` or `abandonAfterMs` is not a finite number above 0
 */
export function pump<Item>(
  source: Iterable<Item> | AsyncIterable<Item>,
  options: PumpOptions<Item> = {},
): Observable<Item> {
  const { sliceMs = 10, abandonAfterMs = 5000, scheduler = macrotask, warn = warnProcess } = options;
  sourceOption(source);
  if (options.gate !== undefined) gateOption(options.gate);
  for (const name of ['release', 'warn', 'onStopped'] as const) {
    if (options[name] !== undefined) functionOption(name, options[name]);
  }
  positiveNumber('sliceMs', sliceMs);
  positiveNumber('abandonAfterMs', abandonAfterMs);
  const settings = { ...options, sliceMs, abandonAfterMs, scheduler, warn: quietly(warn) };
  return new Observable((out) => {
    const pumping = new Pumping(source, settings, out);
    return () => pumping.end();
  });
}

type Settings<Item> = PumpOptions<Item> &
  Required<Pick<PumpOptions<Item>, 'sliceMs' | 'abandonAfterMs' | 'scheduler' | 'warn'>>;

/** One subscription of a pump. */
class Pumping<Item> {
  readonly #settings: Settings<Item>;
  readonly #out: Subscriber<Item>;
  readonly #source: Source<Item>;
  /** Forgets what will wake the pump: one slot, since it waits for one thing at a time. */
  #forget: (() => void) | undefined;
  /** What was pulled and waits to be delivered. */
  #pulled: IteratorResult<Item> | undefined;
  /** An asynchronous source owes an answer. */
  #owed = false;
  #stopping = false;
  #finishing = false;
  #sliceEnd = 0;
  readonly #looks = new ClockSampler();

  constructor(source: Iterable<Item> | AsyncIterable<Item>, settings: Settings<Item>, out: Subscriber<Item>) {
    this.#settings = settings;
    this.#out = out;
    const puller = { arrived: this.#arrived, failed: this.#failed };
    this.#source = new Source(source, puller, settings.warn);
    this.#stopping = settings.stopping?.aborted ?? false;
    settings.stopping?.addEventListener('abort', this.#stop);
    this.#nextStep();
  }

  /** Cleans up after the subscription has ended for any reason. */
  end(): void {
    this.#wake();
    this.#settings.stopping?.removeEventListener('abort', this.#stop);
    this.#drop();
    this.#source.close();
  }

  #nextStep(): void {
    this.#wake();
    const step = this.#settings.scheduler.schedule(this.#step);
    this.#forget = () => step.unsubscribe();
  }

  readonly #step = (): void => {
    this.#forget = undefined;
    const { scheduler, sliceMs } = this.#settings;
    this.#sliceEnd = scheduler.now() + sliceMs;
    this.#work();
  };

  /** Pulls and delivers until there is something to wait for. */
  #work(): void {
    this.#wake();
    const { gate } = this.#settings;
    const out = this.#out;
    try {
      while (!out.closed) {
        if (gate?.held) {
          this.#forget = gate.onceOpen(() => this.#nextStep());
          return;
        }
        if (this.#stopping) {
          this.#finish();
          return;
        }
        if (this.#pulled === undefined) {
          this.#pulled = this.#source.pull();
          this.#owed = this.#pulled === undefined;
          // The source may have held the gate, stopped the run or ended it while it was asked.
          if (this.#owed && !this.#stopping) return;
          continue;
        }
        this.#deliver(this.#pulled);
        if (this.#looks.due() && this.#sliceIsOver() && !out.closed) {
          this.#nextStep();
          return;
        }
      }
    } catch (error) {
      if (out.closed) this.#settings.warn(`the stream failed after its end: ${error}`);
      else out.error(error);
    }
    this.#drop();
  }

  #sliceIsOver(): boolean {
    const now = this.#settings.scheduler.now();
    this.#looks.seen(now / 1000);
    return now >= this.#sliceEnd;
  }

  #deliver(result: IteratorResult<Item>): void {
    this.#pulled = undefined;
    if (result.done) this.#out.complete();
    else this.#out.next(result.value);
  }

  readonly #arrived = (result: IteratorResult<Item>): void => {
    this.#owed = false;
    this.#pulled = result;
    if (this.#finishing) this.#drop();
    else this.#work();
  };

  readonly #failed = (error: unknown): void => {
    this.#owed = false;
    // A source may answer a stop with an error; its item is not needed any more.
    if (!this.#stopping && !this.#out.closed) this.#out.error(error);
    else this.#settings.warn(`the source failed after the run was stopped or left: ${error}`);
  };

  readonly #stop = (): void => {
    this.#stopping = true;
    // Waiters for a task or for the gate are woken anyway.
    if (this.#owed) this.#nextStep();
  };

  /** Completes once the source has closed, or has been given long enough to. */
  #finish(): void {
    this.#finishing = true;
    this.#settings.onStopped?.();
    const complete = () => this.#out.complete();
    const closing = this.#source.close();
    if (closing === undefined) {
      complete();
      return;
    }
    const { scheduler, abandonAfterMs, warn } = this.#settings;
    const patience = scheduler.schedule(() => {
      warn(`the source was abandoned: it has not closed within ${abandonAfterMs} ms of the stop`);
      complete();
    }, abandonAfterMs);
    this.#forget = () => patience.unsubscribe();
    void closing.then(complete);
  }

  /** Releases what was pulled and will not be delivered. */
  #drop(): void {
    const result = this.#pulled;
    this.#pulled = undefined;
    if (result === undefined || result.done) return;
    try {
      this.#settings.release?.(result.value);
    } catch (error) {
      this.#settings.warn(`an item that was not delivered could not be released: ${error}`);
    }
  }

  #wake(): void {
    this.#forget?.();
    this.#forget = undefined;
  }
}
