import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { wholeNumber } from '../base/index.ts';
import type { Evaluated } from './evaluate.ts';
import { isBetter, type ScoreName } from './scores.ts';

/**
 * Lets evaluations through and completes once `patience` of them in a row were no better than the
 * best before, by one score: `scores$.pipe(stopEarly('fid', 5)).subscribe({ complete: () =>
 * run.stop() })`.
 */
export function stopEarly(score: ScoreName, patience: number): MonoTypeOperatorFunction<Evaluated> {
  wholeNumber('stopEarly: patience', patience, 1);
  return (evaluated$) =>
    new Observable((out) => {
      let best: number | undefined;
      let vain = 0;
      return evaluated$.subscribe({
        next(evaluated) {
          const value = evaluated.values[score];
          out.next(evaluated);
          if (value === undefined) return;
          if (best === undefined || isBetter(score, value, best)) [best, vain] = [value, 0];
          else if (++vain >= patience) out.complete();
        },
        error: (error) => out.error(error),
        complete: () => out.complete(),
      });
    });
}
