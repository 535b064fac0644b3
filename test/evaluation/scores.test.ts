import { of, Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Evaluated } from '../../src/evaluation/evaluate.ts';
import { improvements } from '../../src/evaluation/improvements.ts';
import { isBetter, scoreName } from '../../src/evaluation/scores.ts';
import { stopEarly } from '../../src/evaluation/stop-early.ts';

describe('isBetter', () => {
  it('knows which way is up', () => {
    expect(isBetter('fid', 1, 2)).toBe(true);
    expect(isBetter('recall', 1, 2)).toBe(false);
    expect(isBetter('recall', 2, 2)).toBe(false);
  });
});

describe('scoreName', () => {
  it('refuses what is no score', () => {
    expect(scoreName('--keep-best', 'fid')).toBe('fid');
    expect(() => scoreName('--keep-best', 'FID')).toThrow('--keep-best: expected one of fid, kid');
  });
});

describe('improvements', () => {
  const evaluated = (index: number, values: Record<string, number>) => ({ index, seconds: 1, values });

  it('improvements lets what is better than all before through, each subscriber by itself', () => {
    const all = [{ fid: 5 }, { fid: 7 }, {}, { fid: 5 }, { fid: 4 }].map((values, i) =>
      evaluated(i, values as { fid: number }),
    );
    const better$ = of(...all).pipe(improvements('fid'));
    for (let subscriber = 0; subscriber < 2; subscriber++) {
      const indices: number[] = [];
      better$.subscribe(({ index }) => indices.push(index));
      expect(indices).toEqual([0, 4]);
    }
  });
});

describe('stop early', () => {
  /** What comes out for a series of values, and whether it ended. */
  function outcome(values: readonly number[], patience: number) {
    const scores$ = new Subject<Evaluated>();
    const seen: number[] = [];
    let stopped = false;
    scores$.pipe(stopEarly('recall', patience)).subscribe({
      next: ({ values }) => seen.push(values.recall!),
      complete: () => (stopped = true),
    });
    values.forEach((recall, index) => {
      scores$.next({ index, seconds: 1, values: { recall } });
    });
    return { seen, stopped, unsubscribed: !scores$.observed };
  }

  describe('stopEarly', () => {
    it('completes with the evaluation that was once too often in vain', () => {
      expect(outcome([1, 3, 2, 3, 9], 2)).toEqual({ seen: [1, 3, 2, 3], stopped: true, unsubscribed: true });
    });

    it('counts again after every better one', () => {
      expect(outcome([1, 0, 2, 1, 3, 2], 2)).toMatchObject({ stopped: false, unsubscribed: false });
    });

    it('ends as the evaluations end', () => {
      const ends: unknown[] = [];
      const observer = { complete: () => ends.push('complete'), error: (error: unknown) => ends.push(error) };
      of<Evaluated>().pipe(stopEarly('fid', 1)).subscribe(observer);
      throwError(() => 'torn')
        .pipe(stopEarly('fid', 1))
        .subscribe(observer);
      expect(ends).toEqual(['complete', 'torn']);
    });

    it('refuses a patience of 0', () => {
      expect(() => stopEarly('fid', 0)).toThrow('patience: expected a whole number from 1, got 0');
    });
  });
});
