import { of } from 'rxjs';
import { expect, it } from 'vitest';
import { improvements } from '../../src/evaluation/improvements.ts';

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
