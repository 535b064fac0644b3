import { wholeNumber } from '../base/index.ts';
import { functionOption, sourceOption } from './options.ts';

/** Options of a prefetched source. */
export interface PrefetchOptions<Item> {
  /** Frees an item that was read ahead but will not be delivered. */
  readonly release?: (item: Item) => void;
  /**
   * Called with the number of buffered items and the capacity whenever the number changes;
   * `measuredBuffer` makes metrics of it.
   */
  readonly watch?: (waiting: number, depth: number) => void;
}

/**
 * Reads up to `depth` items of an asynchronous source ahead of its consumer, so that reading and
 * training overlap. It begins with the first pull and asks for one item at a time. Order is kept;
 * an error comes where it occurred, after the items before it. Closing it releases what was read
 * ahead and closes the source. What a checkpoint must save is the index that was consumed: what was
 * read ahead is read again.
 * @throws TypeError when the source is not iterable
 * @throws RangeError when `depth` is not a whole number from 1
 */
export function prefetch<Item>(
  source: AsyncIterable<Item>,
  depth: number,
  { release = () => {}, watch = () => {} }: PrefetchOptions<Item> = {},
): AsyncIterable<Item> {
  sourceOption(source);
  wholeNumber('depth', depth, 1);
  functionOption('release', release);
  functionOption('watch', watch);
  return { [Symbol.asyncIterator]: () => new Prefetch(source, depth, { release, watch }) };
}

const done = { done: true, value: undefined } as const;

/** A consumer that waits. */
interface Waiting<Item> {
  resolve(result: IteratorResult<Item>): void;
  reject(error: unknown): void;
}

class Prefetch<Item> implements AsyncIterator<Item> {
  readonly #iterator: AsyncIterator<Item>;
  readonly #depth: number;
  readonly #release: (item: Item) => void;
  readonly #watch: (waiting: number, depth: number) => void;
  /** Items that are read and not yet requested. */
  readonly #ready: Item[] = [];
  /** Requests that wait for an item; empty while an item is ready. */
  readonly #waiting: Waiting<Item>[] = [];
  #reading = false;
  #over = false;
  #error: { readonly reason: unknown } | undefined;

  constructor(
    source: AsyncIterable<Item>,
    depth: number,
    { release, watch }: Required<PrefetchOptions<Item>>,
  ) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#depth = depth;
    this.#release = release;
    this.#watch = watch;
    watch(0, depth);
  }

  next(): Promise<IteratorResult<Item>> {
    if (this.#ready.length > 0) {
      const value = this.#ready.shift() as Item;
      this.#watch(this.#ready.length, this.#depth);
      void this.#read();
      return Promise.resolve({ done: false, value });
    }
    if (this.#error) {
      const { reason } = this.#error;
      this.#error = undefined;
      return Promise.reject(reason);
    }
    if (this.#over) return Promise.resolve(done);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      void this.#read();
    });
  }

  async return(): Promise<IteratorResult<Item>> {
    const wasOver = this.#over;
    this.#over = true;
    this.#error = undefined;
    for (const waiting of this.#waiting.splice(0)) waiting.resolve(done);
    try {
      for (const item of this.#ready.splice(0)) this.#release(item);
    } finally {
      this.#watch(0, this.#depth);
      if (!wasOver) await this.#iterator.return?.();
    }
    return done;
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (!this.#over && (this.#waiting.length > 0 || this.#ready.length < this.#depth)) {
        const result = await this.#iterator.next();
        if (result.done) this.#end();
        else this.#take(result.value);
      }
    } catch (error) {
      this.#end({ reason: error });
    }
    this.#reading = false;
  }

  #take(item: Item): void {
    if (this.#over) this.#release(item);
    else if (this.#waiting.length > 0) this.#waiting.shift()?.resolve({ done: false, value: item });
    else {
      this.#ready.push(item);
      this.#watch(this.#ready.length, this.#depth);
    }
  }

  /** Ends the source; the first consumer that reaches the end receives the error. */
  #end(error?: { readonly reason: unknown }): void {
    if (this.#over) return;
    this.#over = true;
    const [first, ...others] = this.#waiting.splice(0);
    if (error && first) first.reject(error.reason);
    else this.#error = error;
    if (!error) first?.resolve(done);
    for (const waiting of others) waiting.resolve(done);
  }
}
