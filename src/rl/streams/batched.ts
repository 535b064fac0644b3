import { filter, map, type OperatorFunction } from 'rxjs';
import { wholeNumber } from '../../base/index.ts';
import type { Numbered } from '../../streams/index.ts';

/**
 * Lists of `size` consecutive items, numbered from the index of the first item on: items 0 to size
 * - 1 are batch 0. What is left at the end of the stream is dropped, so that every list is full.
 * Behind it a checkpoint stands where nothing waits for its list.
 * @throws RangeError when `size` is not a whole number from 1
 */
export function batched<Item extends { readonly index: number }>(
  size: number,
): OperatorFunction<Item, Numbered<readonly Item[]>> {
  wholeNumber('batched: size', size, 1);
  return (items$) => {
    let waiting: Item[] = [];
    return items$.pipe(
      map((item) => {
        waiting.push(item);
        if (waiting.length < size) return undefined;
        const batch = waiting;
        waiting = [];
        return { index: Math.floor(item.index / size), batch };
      }),
      filter((batch) => batch !== undefined),
    );
  };
}
