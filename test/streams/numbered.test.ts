import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbered } from '../../src/streams/numbered.ts';
import { ByHand, Numbers } from './support.ts';

async function all<T>(source: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

async function* later<T>(items: readonly T[]) {
  yield* items;
}

describe('numbered', () => {
  it('numbers from the start by one, losing nothing, sync and async alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string()), fc.nat(), async (items, start) => {
        const expected = items.map((batch, i) => ({ index: start + i, batch }));
        expect([...numbered(items, start)]).toEqual(expected);
        expect(await all(numbered(later(items), start))).toEqual(expected);
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  it('begins at 0, and again every time it is iterated', () => {
    const items = numbered(['a']);
    expect([...items, ...items]).toEqual([
      { index: 0, batch: 'a' },
      { index: 0, batch: 'a' },
    ]);
  });

  it('closes what it numbers', async () => {
    const numbers = new Numbers();
    for (const { index } of numbered(numbers)) if (index === 2) break;
    expect(numbers.closed).toBe(1);
    const waiting = new Numbers();
    for await (const { index } of numbered(waiting.later())) if (index === 2) break;
    expect(waiting.closed).toBe(1);
  });

  it('closes at once while an answer is owed', async () => {
    const byHand = new ByHand<string>();
    const iterator = numbered(byHand)[Symbol.asyncIterator]();
    void iterator.next();
    await iterator.return!();
    expect(byHand.closed).toBe(1);
  });

  it('has closed only when what it numbers has closed, and hands on how that failed', async () => {
    let close: () => void = () => {};
    const closing = new Promise<void>((resolve) => {
      close = resolve;
    });
    const closed: string[] = [];
    const iteratorWith = (end: () => Promise<IteratorResult<string>>) =>
      numbered({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: end }) })[
        Symbol.asyncIterator
      ]();
    const slow = iteratorWith(async () => {
      await closing;
      closed.push('source');
      return { done: true, value: undefined };
    });
    const answer = slow.return!().then(() => closed.push('numbered'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toEqual([]);
    close();
    await answer;
    expect(closed).toEqual(['source', 'numbered']);
    await expect(iteratorWith(() => Promise.reject(new Error('stuck'))).return!()).rejects.toThrow('stuck');
  });

  it('numbers in the order of asking', async () => {
    const byHand = new ByHand<string>();
    const iterator = numbered(byHand)[Symbol.asyncIterator]();
    const answers = [iterator.next(), iterator.next()];
    const [first, second] = byHand.asked;
    second!.resolve({ done: false, value: 'b' });
    first!.resolve({ done: false, value: 'a' });
    expect((await Promise.all(answers)).map(({ value }) => value)).toEqual([
      { index: 0, batch: 'a' },
      { index: 1, batch: 'b' },
    ]);
  });

  it.each([-1, 1.5, Number.NaN, Infinity, '5', null])('refuses the start %s', (start) => {
    expect(() => numbered([], start as never)).toThrow(/^start: expected a whole number from 0, got /);
  });

  it('refuses what is not iterable', () => {
    expect(() => numbered(5 as never)).toThrow('source: expected an iterable or an async iterable, got 5');
  });
});
