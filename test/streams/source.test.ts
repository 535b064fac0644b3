import { describe, expect, it } from 'vitest';
import { Source } from '../../src/streams/source.ts';
import { ByHand, Numbers, rounds } from './support.ts';

function open<T>(iterable: Iterable<T> | AsyncIterable<T>) {
  const told: unknown[] = [];
  const warnings: string[] = [];
  const puller = {
    arrived: (result: IteratorResult<T>) => told.push(result.done ? 'done' : result.value),
    failed: (error: unknown) => told.push(error),
  };
  return { told, warnings, source: new Source(iterable, puller, (message) => warnings.push(message)) };
}

describe('a synchronous Source', () => {
  it('answers at once, and is not closed once it is over', () => {
    const { source, told } = open(new Numbers(1));
    expect(source.pull()).toEqual({ done: false, value: 0 });
    expect(source.pull()).toEqual({ done: true, value: undefined });
    expect(told).toEqual([]);
    let closed = 0;
    const over = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: true as const, value: undefined }),
        return: () => ({ done: true as const, value: closed++ }),
      }),
    };
    const second = open(over).source;
    second.pull();
    expect(second.close()).toBeUndefined();
    expect(closed).toBe(0);
  });

  it('is closed once', () => {
    const numbers = new Numbers();
    const { source } = open(numbers);
    source.pull();
    source.close();
    source.close();
    expect(numbers.closed).toBe(1);
  });

  it('throws what its iterator throws, and is then over', () => {
    const error = new Error('no');
    let closed = 0;
    const iterator = {
      next() {
        throw error;
      },
      return: () => ({ done: true as const, value: closed++ }),
    };
    const { source } = open({ [Symbol.iterator]: () => iterator });
    expect(() => source.pull()).toThrow(error);
    source.close();
    expect(closed).toBe(0);
  });

  it('is closed after its answer when it is closed while it runs', () => {
    const numbers: Numbers = new Numbers(9, () => source.close());
    const { source, warnings } = open(numbers);
    expect(source.pull()).toEqual({ done: false, value: 0 });
    expect(numbers.closed).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('warns when it fails to close', () => {
    const { source, warnings } = open(
      (function* () {
        try {
          yield 1;
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: this is the failure
          throw new Error('stuck');
        }
      })(),
    );
    source.pull();
    source.close();
    expect(warnings).toEqual(['the source failed while it was closed: Error: stuck']);
  });

  it('does without return()', () => {
    const next = () => ({ done: false as const, value: 1 });
    const { source, warnings } = open({ [Symbol.iterator]: () => ({ next }) });
    source.pull();
    expect(source.close()).toBeUndefined();
    expect(warnings).toEqual([]);
  });
});

describe('an asynchronous Source', () => {
  it('tells the puller', async () => {
    const { source, told } = open(new Numbers(1).later());
    expect(source.pull()).toBeUndefined();
    await rounds();
    source.pull();
    await rounds();
    expect(told).toEqual([0, 'done']);
    expect(source.close()).toBeUndefined();
  });

  it('tells the puller of an error, and is then over', async () => {
    const error = new Error('no');
    const { source, told } = open(new Numbers(1, () => Promise.reject(error)).later());
    source.pull();
    await rounds();
    expect(told).toEqual([error]);
    expect(source.close()).toBeUndefined();
  });

  it('closes while it owes an answer', async () => {
    const byHand = new ByHand<number>();
    const { source } = open(byHand);
    source.pull();
    await source.close();
    expect(byHand.closed).toBe(1);
  });

  it('warns when it fails to close, and has then closed', async () => {
    const failing = {
      next: () => new Promise<never>(() => {}),
      return: () => Promise.reject(new Error('stuck')),
    };
    const { source, warnings } = open({ [Symbol.asyncIterator]: () => failing });
    await source.close();
    expect(warnings).toEqual(['the source failed while it was closed: Error: stuck']);
  });

  it('refuses an answer that is no object', async () => {
    const next = () => Promise.resolve(5 as never);
    const { source, told } = open({ [Symbol.asyncIterator]: () => ({ next }) });
    source.pull();
    await rounds();
    expect(told).toEqual([new TypeError('source: expected next() to answer with an object, got 5')]);
  });
});
