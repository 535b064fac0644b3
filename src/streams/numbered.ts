import { wholeNumber } from '../base/index.ts';
import { sourceOption } from './options.ts';
import type { Numbered } from './step.ts';

/**
 * The items of an iterable with their positions: the first has index `start`, each next one index +
 * 1. It holds nothing back: closing it closes the iterable at once, also while the iterable owes an
 * answer.
 * @throws TypeError when the source is not iterable
 * @throws RangeError when `start` is not a whole number from 0
 */
export function numbered<Item>(source: Iterable<Item>, start?: number): Iterable<Numbered<Item>>;
export function numbered<Item>(source: AsyncIterable<Item>, start?: number): AsyncIterable<Numbered<Item>>;
export function numbered<Item>(
  source: Iterable<Item> | AsyncIterable<Item>,
  start = 0,
): Iterable<Numbered<Item>> | AsyncIterable<Numbered<Item>> {
  sourceOption(source);
  wholeNumber('start', start);
  return Symbol.asyncIterator in source ? numberedLater(source, start) : numberedNow(source, start);
}

const done = { done: true, value: undefined } as const;

function numberedNow<Item>(source: Iterable<Item>, start: number): Iterable<Numbered<Item>> {
  return {
    [Symbol.iterator]() {
      const iterator = source[Symbol.iterator]();
      let index = start;
      return {
        next() {
          const result = iterator.next();
          return result.done ? done : { done: false, value: { index: index++, batch: result.value } };
        },
        return() {
          iterator.return?.();
          return done;
        },
      };
    },
  };
}

// A generator would queue `return()` behind an answer that may never come.
function numberedLater<Item>(source: AsyncIterable<Item>, start: number): AsyncIterable<Numbered<Item>> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = source[Symbol.asyncIterator]();
      let next = start;
      return {
        async next() {
          const index = next++;
          const result = await iterator.next();
          return result.done ? done : { done: false, value: { index, batch: result.value } };
        },
        async return() {
          await iterator.return?.();
          return done;
        },
      };
    },
  };
}
