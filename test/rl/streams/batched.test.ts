import { from } from 'rxjs';
import { expect, it } from 'vitest';
import { batched } from '../../../src/rl/index.ts';

const items = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ index: from + i }));

it('gathers full lists and numbers them, also when it begins later', () => {
  const seen: unknown[] = [];
  from(items(0, 7))
    .pipe(batched(3))
    .subscribe((batch) => seen.push(batch));
  from(items(6, 3))
    .pipe(batched(3))
    .subscribe((batch) => seen.push(batch));
  expect(seen).toEqual([
    { index: 0, batch: items(0, 3) },
    { index: 1, batch: items(3, 3) },
    { index: 2, batch: items(6, 3) },
  ]);
});

it('begins again for each subscriber', () => {
  const batches$ = from(items(0, 2)).pipe(batched(2));
  const seen: unknown[] = [];
  batches$.subscribe((batch) => seen.push(batch));
  batches$.subscribe((batch) => seen.push(batch));
  expect(seen).toEqual([0, 0].map((index) => ({ index, batch: items(0, 2) })));
});

it('refuses to gather nothing', () => {
  expect(() => batched(0)).toThrow(new RangeError('batched: size: expected a whole number from 1, got 0'));
});
