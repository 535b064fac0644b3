import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Observable } from 'rxjs';
import { onTestFinished, vi } from 'vitest';
import { macrotask, type Scheduler } from '../../src/streams/macrotask.ts';

/** Lets the event loop go round a few times, so that whatever is due has happened. */
export async function rounds(count = 5): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
}

export const milliseconds = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A promise and its handles. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** What a stream said, in order: values, then 'complete' or the error. */
export function record<T>(stream$: Observable<T>) {
  const said: unknown[] = [];
  const { promise: ended, resolve } = deferred();
  const subscription = stream$.subscribe({
    next: (value) => said.push(value),
    error: (error) => {
      said.push(error);
      resolve();
    },
    complete: () => {
      said.push('complete');
      resolve();
    },
  });
  return { said, ended, subscription };
}

/**
 * 0, 1, 2, ... that tells what became of it. `beforeNext` may throw, or answer with a promise where
 * it is asynchronous.
 */
export class Numbers {
  pulled = 0;
  closed = 0;
  readonly #count: number;
  readonly #beforeNext: (index: number) => unknown;

  constructor(count = Infinity, beforeNext: (index: number) => unknown = () => {}) {
    this.#count = count;
    this.#beforeNext = beforeNext;
  }

  *[Symbol.iterator]() {
    try {
      while (this.pulled < this.#count) {
        this.#beforeNext(this.pulled);
        yield this.pulled++;
      }
    } finally {
      this.closed++;
    }
  }

  async *later() {
    try {
      while (this.pulled < this.#count) {
        await this.#beforeNext(this.pulled);
        yield this.pulled++;
      }
    } finally {
      this.closed++;
    }
  }
}

/**
 * An asynchronous source of one item after another, each answered by hand; it can be closed while
 * it owes an answer.
 */
export class ByHand<T> implements AsyncIterable<T>, AsyncIterator<T> {
  closed = 0;
  readonly asked: { resolve(result: IteratorResult<T>): void; reject(error: unknown): void }[] = [];

  [Symbol.asyncIterator]() {
    return this;
  }

  next(): Promise<IteratorResult<T>> {
    const { promise, resolve, reject } = deferred<IteratorResult<T>>();
    this.asked.push({ resolve, reject });
    return promise;
  }

  async return(): Promise<IteratorResult<T>> {
    this.closed++;
    return { done: true, value: undefined };
  }

  answer(value: T): void {
    this.asked.shift()!.resolve({ done: false, value });
  }
}

export const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

setFlagsFromString('--expose-gc');
/** Frees all that nobody can reach. */
export const collectGarbage: () => void = runInNewContext('gc');

/** Tells how many intervals of this test are running. */
export function watchIntervals(): () => number {
  const set = vi.spyOn(globalThis, 'setInterval');
  const clear = vi.spyOn(globalThis, 'clearInterval');
  onTestFinished(() => {
    set.mockRestore();
    clear.mockRestore();
  });
  return () => {
    const cleared = new Set(clear.mock.calls.map(([timer]) => timer));
    return set.mock.results.filter(({ value }) => !cleared.has(value)).length;
  };
}

/** The macrotask scheduler, which counts what is still to be done. */
export class CountingScheduler implements Scheduler {
  readonly now = macrotask.now;
  readonly #wanted = new Set<object>();

  get wanted(): number {
    return this.#wanted.size;
  }

  schedule(work: () => void, delayMs?: number) {
    const step = macrotask.schedule(() => {
      this.#wanted.delete(step);
      work();
    }, delayMs);
    this.#wanted.add(step);
    return {
      unsubscribe: () => {
        this.#wanted.delete(step);
        step.unsubscribe();
      },
    };
  }
}
