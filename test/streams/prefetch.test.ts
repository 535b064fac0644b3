import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefetch } from '../../src/streams/prefetch.ts';
import { ByHand, deferred, Numbers, rounds, upTo } from './support.ts';

describe('prefetch', () => {
  it('reads nothing before the first pull, then up to its depth ahead', async () => {
    const numbers = new Numbers();
    const iterator = prefetch(numbers.later(), 3)[Symbol.asyncIterator]();
    await rounds();
    expect(numbers.pulled).toBe(0);
    expect(await iterator.next()).toEqual({ done: false, value: 0 });
    await rounds();
    expect(numbers.pulled).toBe(4);
    await iterator.next();
    await rounds();
    expect(numbers.pulled).toBe(5);
  });

  it('keeps order, loses nothing and stays within its depth, whoever is faster', async () => {
    const scenario = fc.record({
      count: fc.nat(25),
      depth: fc.integer({ min: 1, max: 6 }),
      slowSource: fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
      slowConsumer: fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ count, depth, slowSource, slowConsumer }) => {
        const numbers = new Numbers(count, (i) => rounds(slowSource[i % slowSource.length]));
        const seen: number[] = [];
        let furthest = 0;
        for await (const item of prefetch(numbers.later(), depth)) {
          seen.push(item);
          await rounds(slowConsumer[item % slowConsumer.length]);
          furthest = Math.max(furthest, numbers.pulled - seen.length);
        }
        expect(seen).toEqual(upTo(count));
        expect(furthest).toBeLessThanOrEqual(depth);
        expect(numbers.closed).toBe(1);
      }),
      { seed: 7, numRuns: 30 },
    );
  });

  it('asks for one item at a time', async () => {
    const byHand = new ByHand<number>();
    const iterator = prefetch(byHand, 3)[Symbol.asyncIterator]();
    const answers = [iterator.next(), iterator.next()];
    await rounds();
    expect(byHand.asked).toHaveLength(1);
    byHand.answer(7);
    await rounds();
    byHand.answer(8);
    expect(await Promise.all(answers)).toEqual([
      { done: false, value: 7 },
      { done: false, value: 8 },
    ]);
  });

  it('tells an error where it occurred, after the items before it, and is then over', async () => {
    const error = new Error('torn');
    const numbers = new Numbers(9, (i) => (i === 2 ? Promise.reject(error) : undefined));
    const iterator = prefetch(numbers.later(), 5)[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 0 });
    await rounds();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await expect(iterator.next()).rejects.toBe(error);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('tells an error to a consumer who waits for it, and the end to those behind', async () => {
    const byHand = new ByHand<number>();
    const error = new Error('torn');
    const iterator = prefetch(byHand, 1)[Symbol.asyncIterator]();
    const failing = iterator.next();
    const behind = iterator.next();
    byHand.asked[0]!.reject(error);
    await expect(failing).rejects.toBe(error);
    expect(await behind).toEqual({ done: true, value: undefined });
  });

  it('releases what was read ahead when it is closed, also what comes later, and closes the source', async () => {
    const byHand = new ByHand<number>();
    const released: number[] = [];
    const iterator = prefetch(byHand, 3, { release: (item) => released.push(item) })[Symbol.asyncIterator]();
    const first = iterator.next();
    for (const item of [1, 2, 3]) {
      byHand.answer(item);
      await rounds();
    }
    expect(await first).toEqual({ done: false, value: 1 });
    await iterator.return!();
    expect(released).toEqual([2, 3]);
    expect(byHand.closed).toBe(1);
    byHand.answer(4);
    await rounds();
    expect(released).toEqual([2, 3, 4]);
    expect(byHand.asked).toEqual([]);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('does not close a source that is over', async () => {
    const byHand = new ByHand<number>();
    const iterator = prefetch(byHand, 3)[Symbol.asyncIterator]();
    const end = iterator.next();
    byHand.asked[0]!.resolve({ done: true, value: undefined });
    await end;
    await iterator.return!();
    expect(byHand.closed).toBe(0);
  });

  it('answers those who wait when it is closed', async () => {
    const iterator = prefetch(new ByHand<number>(), 3)[Symbol.asyncIterator]();
    const waiting = iterator.next();
    await iterator.return!();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('forgets an error that nobody came for when it is closed', async () => {
    const iterator = prefetch(
      new Numbers(9, (i) => (i === 1 ? Promise.reject(new Error('torn')) : undefined)).later(),
      5,
    )[Symbol.asyncIterator]();
    await iterator.next();
    await rounds();
    await iterator.return!();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity, '5', null])('refuses the depth %s', (depth) => {
    expect(() => prefetch(new Numbers().later(), depth as never)).toThrow(
      /^depth: expected a whole number from 1, got /,
    );
  });

  it('refuses a source that is not iterable and a release that is not a function', () => {
    expect(() => prefetch(5 as never, 1)).toThrow(/^source: expected /);
    expect(() => prefetch(new Numbers().later(), 1, { release: 5 as never })).toThrow(/^release: expected /);
  });

  it('has closed only when its source has closed, and hands on how that failed', async () => {
    const closing = deferred();
    const closed: string[] = [];
    const iteratorWith = (end: () => Promise<IteratorResult<string>>) =>
      prefetch(
        { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: end }) },
        1,
      )[Symbol.asyncIterator]();
    const slow = iteratorWith(async () => {
      await closing.promise;
      closed.push('source');
      return { done: true, value: undefined };
    });
    const answer = slow.return!().then(() => closed.push('prefetch'));
    await rounds();
    expect(closed).toEqual([]);
    closing.resolve();
    await answer;
    expect(closed).toEqual(['source', 'prefetch']);
    await expect(iteratorWith(() => Promise.reject(new Error('stuck'))).return!()).rejects.toThrow('stuck');
  });

  it('tells how many items wait, from its beginning to its end', async () => {
    const told: [number, number][] = [];
    const watch = (waiting: number, depth: number) => void told.push([waiting, depth]);
    const iterator = prefetch(new Numbers(9).later(), 2, { watch })[Symbol.asyncIterator]();
    expect(told.splice(0)).toEqual([[0, 2]]);
    await iterator.next();
    await rounds();
    expect(told.splice(0)).toEqual([
      [1, 2],
      [2, 2],
    ]);
    await iterator.next();
    expect(told.splice(0)).toEqual([[1, 2]]);
    await iterator.return!();
    expect(told.at(-1)).toEqual([0, 2]);
    expect(() => prefetch(new Numbers().later(), 1, { watch: 5 as never })).toThrow(/^watch: expected /);
  });
});
