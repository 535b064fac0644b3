import { filter, map, type OperatorFunction } from 'rxjs';
import { wholeNumber } from '../../base/index.ts';
import type { StepEvent } from '../../streams/index.ts';

/** An episode that has ended. */
export interface Episode {
  /** The step that ended it. */
  readonly index: number;
  /** The sum of its rewards, not discounted. */
  readonly return: number;
  /** Its steps. */
  readonly length: number;
  /** The mean return of the last episodes, this one included. */
  readonly mean: number;
}

/**
 * The episodes among the events of an agent: one item for each event that carries a return.
 * @param window how many episodes the mean is over, at most; 100 by default
 * @throws RangeError when `window` is not a whole number from 1
 */
export function episodes(window = 100): OperatorFunction<StepEvent, Episode> {
  wholeNumber('episodes: window', window, 1);
  return (events$) => {
    const recent: number[] = [];
    let seen = 0;
    return events$.pipe(
      filter(({ values }) => values.return !== undefined),
      map(({ index, values }) => {
        recent[seen++ % window] = values.return!;
        const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
        return { index, return: values.return!, length: values.length!, mean };
      }),
    );
  };
}
