import { filter, type MonoTypeOperatorFunction, Observable } from 'rxjs';
import type { Evaluated } from './evaluate.ts';
import { isBetter, type ScoreName } from './scores.ts';

/**
 * Lets through the evaluations that are better than all before by one score; those without the
 * score are none.
 * @param known the best value of the time before, where there is one
 */
export function improvements(score: ScoreName, known?: number): MonoTypeOperatorFunction<Evaluated> {
  return (evaluated$) =>
    new Observable((out) => {
      let best = known;
      const better = ({ values }: Evaluated) => {
        const value = values[score];
        if (value === undefined || (best !== undefined && !isBetter(score, value, best))) return false;
        best = value;
        return true;
      };
      return evaluated$.pipe(filter(better)).subscribe(out);
    });
}
