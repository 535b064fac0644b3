import type { Warn } from '../base/index.ts';
import { show } from '../base/index.ts';

/** Receives the results of an asynchronous source. */
export interface Puller<Item> {
  arrived(result: IteratorResult<Item>): void;
  failed(error: unknown): void;
}

/**
 * The iterator of an iterable, sync or async, as a pump wants it: it is closed at most once, never
 * after its own end, never while it is running, and closing it cannot throw.
 */
export class Source<Item> {
  readonly #iterator: Iterator<Item> | AsyncIterator<Item>;
  readonly #asynchronous: boolean;
  readonly #puller: Puller<Item>;
  readonly #warn: Warn;
  #running = false;
  #over = false;
  #closeAfterwards = false;

  constructor(iterable: Iterable<Item> | AsyncIterable<Item>, puller: Puller<Item>, warn: Warn) {
    this.#asynchronous = Symbol.asyncIterator in iterable;
    this.#iterator = this.#asynchronous
      ? (iterable as AsyncIterable<Item>)[Symbol.asyncIterator]()
      : (iterable as Iterable<Item>)[Symbol.iterator]();
    this.#puller = puller;
    this.#warn = warn;
  }

  /**
   * The next result of a synchronous source; undefined where the puller is called later. It must
   * not be called again before.
   * @throws what the source throws
   */
  pull(): IteratorResult<Item> | undefined {
    this.#running = true;
    try {
      const answer = this.#iterator.next();
      if (this.#asynchronous) {
        Promise.resolve(answer).then(this.#arrived, this.#failed);
        return undefined;
      }
      const result = answer as IteratorResult<Item>;
      if (result.done) this.#over = true;
      return result;
    } catch (error) {
      this.#over = true;
      throw error;
    } finally {
      this.#running = false;
      if (this.#closeAfterwards) this.close();
    }
  }

  /**
   * Closes the source. The promise of an asynchronous source settles when it has closed and never
   * rejects; it may stay open forever.
   */
  close(): Promise<void> | undefined {
    // A generator that is running refuses to be closed.
    this.#closeAfterwards = this.#running;
    if (this.#running || this.#over) return undefined;
    this.#over = true;
    const warn = (error: unknown) => this.#warn(`the source failed while it was closed: ${error}`);
    try {
      const closing = this.#iterator.return?.();
      if (!this.#asynchronous || closing === undefined) return undefined;
      return Promise.resolve(closing).then(() => {}, warn);
    } catch (error) {
      warn(error);
      return undefined;
    }
  }

  readonly #arrived = (result: IteratorResult<Item>): void => {
    if (typeof result !== 'object' || result === null) {
      this.#failed(new TypeError(`source: expected next() to answer with an object, got ${show(result)}`));
      return;
    }
    if (result.done) this.#over = true;
    this.#puller.arrived(result);
  };

  readonly #failed = (error: unknown): void => {
    this.#over = true;
    this.#puller.failed(error);
  };
}
