import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Evaluated } from '../../src/evaluation/evaluate.ts';
import { stopEarly } from '../../src/evaluation/stop-early.ts';

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

  it('refuses a patience of 0', () => {
    expect(() => stopEarly('fid', 0)).toThrow('patience: expected a whole number from 1, got 0');
  });
});
