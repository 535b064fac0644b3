import { wholeNumber } from '../../base/index.ts';
import type { Numbered } from '../../streams/index.ts';

/** Where to begin, and when to end. */
export interface TickOptions {
  /** The index of the first tick: 0, or the next one after a checkpoint. */
  readonly start?: number;
  /** Asked before each tick; there are no more once it says true. By default there is no end. */
  readonly ended?: () => boolean;
}

/**
 * Nothing but numbers, for a pump to drive what makes its own data: one tick is one step in an
 * environment.
 * @throws RangeError when `start` is not a whole number from 0
 */
export function ticks({ start = 0, ended = () => false }: TickOptions = {}): Iterable<Numbered<undefined>> {
  wholeNumber('ticks: start', start);
  return {
    [Symbol.iterator]() {
      let index = start;
      return {
        next: () =>
          ended()
            ? { done: true, value: undefined }
            : { done: false, value: { index: index++, batch: undefined } },
      };
    },
  };
}
