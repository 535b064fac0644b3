import { filter, type MonoTypeOperatorFunction, Observable } from 'rxjs';
import type { Evaluated } from './evaluate.ts';
import { isBetter, type ScoreName } from './scores.ts';

/** Lets through the evaluations that are better than all before by one score; those without the score are none. */
export function improvements(score: ScoreName): MonoTypeOperatorFunction<Evaluated> {
  return (evaluated$) =>
    new Observable((out) => {
      let best: number | undefined;
      const better = ({ values }: Evaluated) => {
        const value = values[score];
        if (value === undefined || (best !== undefined && !isBetter(score, value, best))) return false;
        best = value;
        return true;
      };
      return evaluated$.pipe(filter(better)).subscribe(out);
    });
}
