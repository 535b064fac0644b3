import { Observable, type OperatorFunction } from 'rxjs';
import { finiteNumber, wholeNumber } from '../base/index.ts';
import type { Evaluated } from './evaluate.ts';
import { type ScoreName, scoreTable } from './scores.ts';

/** A score that has fallen. */
export interface Collapse {
  readonly index: number;
  readonly score: ScoreName;
  readonly value: number;
  /** The best value before. */
  readonly best: number;
}

/** When a fall is a collapse. */
export interface CollapseOptions {
  /** Below this share of the best value. @default 0.5 */
  readonly share?: number;
  /** In so many evaluations in a row. @default 2 */
  readonly times?: number;
}

/**
 * Detects when a good score becomes bad: the sign of mode collapse in recall, coverage or modes. It
 * reports once, and again only after the score has recovered. A run that has not been good yet is
 * no collapse.
 * @param score one of which higher is better
 * @throws RangeError for another score or a wrong option
 */
export function collapseAlert(
  score: ScoreName,
  { share = 0.5, times = 2 }: CollapseOptions = {},
): OperatorFunction<Evaluated, Collapse> {
  if (scoreTable[score].better !== 'higher')
    throw new RangeError(`collapseAlert: expected a score of which higher is better, got ${score}`);
  finiteNumber('collapseAlert: share', share, 0, 1);
  wholeNumber('collapseAlert: times', times, 1);
  return (evaluated$) =>
    new Observable((out) => {
      let [best, fallen] = [-Infinity, 0];
      return evaluated$.subscribe({
        next({ index, values }) {
          const value = values[score];
          if (value === undefined) return;
          fallen = value < share * best ? fallen + 1 : 0;
          if (fallen === times) out.next({ index, score, value, best });
          best = Math.max(best, value);
        },
        error: (error) => out.error(error),
        complete: () => out.complete(),
      });
    });
}
