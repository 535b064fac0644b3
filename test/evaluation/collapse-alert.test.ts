import { of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type CollapseOptions, collapseAlert } from '../../src/evaluation/collapse-alert.ts';
import type { Evaluated } from '../../src/evaluation/index.ts';

function alerts(recalls: readonly number[], options?: CollapseOptions) {
  const told: unknown[] = [];
  of(...recalls.map((recall, index) => ({ index, seconds: 1, values: { recall } })))
    .pipe(collapseAlert('recall', options))
    .subscribe((collapse) => told.push(collapse));
  return told;
}

describe('collapseAlert', () => {
  it('tells once when a score has been below half of its best twice in a row', () => {
    expect(alerts([0.1, 0.8, 0.3, 0.2, 0.1])).toEqual([{ index: 3, score: 'recall', value: 0.2, best: 0.8 }]);
  });

  it('tells nothing of a run that has not been good yet, or of one bad evaluation', () => {
    expect(alerts([0, 0, 0.01, 0.02])).toEqual([]);
    expect(alerts([0.8, 0.1, 0.8, 0.1])).toEqual([]);
  });

  it('tells again after a recovery', () => {
    expect(alerts([0.8, 0.1, 0.7, 0.1], { times: 1 })).toHaveLength(2);
  });

  it('ends as the evaluations end', () => {
    const ends: unknown[] = [];
    const observer = { complete: () => ends.push('complete'), error: (error: unknown) => ends.push(error) };
    of<Evaluated>().pipe(collapseAlert('recall')).subscribe(observer);
    throwError(() => 'torn')
      .pipe(collapseAlert('recall'))
      .subscribe(observer);
    expect(ends).toEqual(['complete', 'torn']);
  });

  it('refuses a score of which lower is better, and a share of 2', () => {
    expect(() => collapseAlert('fid')).toThrow('expected a score of which higher is better, got fid');
    expect(() => alerts([1], { share: 2 })).toThrow('share: expected a finite number from 0 to 1, got 2');
  });
});
