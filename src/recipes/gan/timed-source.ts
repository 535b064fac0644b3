import { monotonicSeconds } from '../../base/index.ts';
import type { BatchSource } from '../stages.ts';

/** Adds the seconds in which an item is waited for to `waited`; the items do not change. */
export function timed<Item>(source: BatchSource<Item>, waited: { seconds: number }): BatchSource<Item> {
  if (Symbol.asyncIterator in source)
    return { [Symbol.asyncIterator]: () => timedIterator(source[Symbol.asyncIterator](), waited) };
  return {
    [Symbol.iterator]() {
      const items = source[Symbol.iterator]();
      return {
        next() {
          const began = monotonicSeconds();
          try {
            return items.next();
          } finally {
            waited.seconds += monotonicSeconds() - began;
          }
        },
        return: (value) => items.return?.(value) ?? { done: true, value },
      };
    },
  };
}

function timedIterator<Item>(items: AsyncIterator<Item>, waited: { seconds: number }): AsyncIterator<Item> {
  return {
    async next() {
      const began = monotonicSeconds();
      try {
        return await items.next();
      } finally {
        waited.seconds += monotonicSeconds() - began;
      }
    },
    return: async (value) => (await items.return?.(value)) ?? { done: true, value },
  };
}
