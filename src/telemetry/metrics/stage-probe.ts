import { monotonicSeconds, wallSeconds } from '../../base/index.ts';
import type { MetricRegistry } from './registry.ts';
import type { Buckets, Cell } from './series.ts';

/**
 * Items that come faster than this (in seconds) are not all timed: the clock would cost more than
 * they do.
 */
const soon = 10e-6;
const longestStride = 64;

/** No moment. */
const none = -1;

/**
 * What one stage of a stream does. Every item is counted. Every item is timed, too, or, where they
 * come within microseconds, one in a few, which then represents those before it. Time in the stage
 * is busy, asynchronous work included; time from leaving it to the next item is wait; time in the
 * stages after it is neither.
 */
export class StageProbe {
  readonly #items: Cell;
  readonly #errors: Cell;
  readonly #inFlight: Cell;
  readonly #lastItem: Cell;
  readonly #wait: Buckets;
  readonly #busy: Buckets;
  readonly #subscriptions: Cell;
  readonly #ends: Readonly<Record<'completed' | 'failed' | 'unsubscribed', Cell>>;
  readonly #now: () => number;
  readonly #forget: () => void;
  #stride = 1;
  /** The item after so many is timed. */
  #countdown = 1;
  /** When the timed item that is in the stage came in; `none` where there is no such item. */
  #start = none;
  /** When the call that brought that item came back without one that goes out. */
  #returned = none;
  /** Since when the stage waits for an item that will be timed. */
  #left = none;
  #lastTimed = none;
  #weight = 0;
  #entered = 0;
  #seen = 0;

  /** @param now seconds on a clock that never jumps */
  constructor(registry: MetricRegistry, stage: string, now: () => number = monotonicSeconds) {
    this.#now = now;
    this.#items = registry.cell('weir_stream_items_total', { stage });
    this.#errors = registry.cell('weir_stream_errors_total', { stage });
    this.#inFlight = registry.cell('weir_stream_inflight_items', { stage });
    this.#lastItem = registry.cell('weir_stream_last_item_timestamp_seconds', { stage });
    this.#wait = registry.buckets('weir_stream_wait_duration_seconds', { stage });
    this.#busy = registry.buckets('weir_stream_busy_duration_seconds', { stage });
    this.#subscriptions = registry.cell('weir_stream_subscriptions_total', { stage });
    registry.initialise('weir_stream_dropped_items_total', { stage });
    const ended = (reason: string) => registry.cell('weir_stream_terminations_total', { stage, reason });
    this.#ends = {
      completed: ended('completed'),
      failed: ended('failed'),
      unsubscribed: ended('unsubscribed'),
    };
    this.#forget = registry.onScrape(() => this.#look());
    this.#inFlight.value = 0;
    this.#subscriptions.value!++;
    this.#lastItem.value = wallSeconds();
    this.#left = now();
  }

  /** An item comes in. */
  enter(): void {
    // The one before was timed and swallowed, as a filter does.
    if (this.#start >= 0) this.#close(this.#returned);
    this.#entered++;
    this.#weight++;
    this.#inFlight.value = 1;
    if (--this.#countdown > 0) return;
    const time = this.#now();
    this.#adapt(time);
    if (this.#left >= 0) this.#wait.observe(time - this.#left, this.#weight);
    this.#start = time;
    this.#returned = none;
    this.#left = none;
  }

  /** The call that brought an item in comes back. */
  returned(): void {
    if (this.#start >= 0) this.#returned = this.#now();
    else if (this.#countdown === 1 && this.#left < 0) this.#left = this.#now();
  }

  /** An item goes out. */
  exit(): void {
    this.#items.value!++;
    this.#inFlight.value = 0;
    if (this.#start >= 0) this.#close(this.#now());
  }

  /** The stages after this one have had the item. */
  passed(): void {
    if (this.#countdown === 1) this.#left = this.#now();
  }

  ended(reason: 'completed' | 'failed' | 'unsubscribed'): void {
    this.#ends[reason].value!++;
    if (reason === 'failed') this.#errors.value!++;
    this.#inFlight.value = 0;
    this.#look();
    this.#forget();
  }

  #close(time: number): void {
    this.#busy.observe(time - this.#start, this.#weight);
    this.#weight = 0;
    this.#start = none;
    this.#countdown = this.#stride;
    this.#left = this.#countdown === 1 ? time : none;
  }

  /**
   * A look at the clock for each item while they are slow, for fewer of them when they are fast.
   */
  #adapt(time: number): void {
    const period = (time - this.#lastTimed) / this.#weight;
    this.#lastTimed = time;
    if (period < soon) this.#stride = Math.min(longestStride, 2 * this.#stride);
    else if (period > 4 * soon) this.#stride = Math.max(1, this.#stride / 2);
  }

  #look(): void {
    const moved = this.#entered + this.#items.value!;
    if (moved === this.#seen) return;
    this.#seen = moved;
    this.#lastItem.value = wallSeconds();
  }
}
