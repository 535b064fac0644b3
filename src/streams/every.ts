import { wholeNumber } from '../base/index.ts';
import { functionOption } from './options.ts';

/** When a barrier is due. */
export interface Due<Event> {
  (event: Event): boolean;
  /** Also for the last event of a stream that completes, where that event was not due. */
  readonly atEnd?: boolean;
}

/**
 * Due after every `n` steps, counted from index 0: at index n - 1, 2n - 1, ... A resumed run is due
 * at the same indices. Due for the last event too, unless `atEnd` is false.
 * @throws RangeError when `n` is not a whole number from 1
 */
export function every(n: number, { atEnd = true } = {}): Due<{ readonly index: number }> {
  wholeNumber('every', n, 1);
  const due = (event: { readonly index: number }) => (event.index + 1) % n === 0;
  return Object.assign(due, { atEnd });
}

/** Due when one of them is; for the last event too, where one of them is. */
export function either<Event>(...dues: readonly Due<Event>[]): Due<Event> {
  for (const due of dues) functionOption('either', due);
  const due = (event: Event) => dues.some((one) => one(event));
  return Object.assign(due, { atEnd: dues.some(({ atEnd }) => atEnd) });
}
