import { describe, expect, it } from 'vitest';
import { either, every } from '../../src/streams/every.ts';
import { upTo } from './support.ts';

describe('every', () => {
  it('is due after every n steps, counted from index 0', () => {
    const due = every(3);
    expect(upTo(9).filter((index) => due({ index }))).toEqual([2, 5, 8]);
    expect(upTo(3).filter((index) => every(1)({ index }))).toEqual([0, 1, 2]);
  });

  it('is due at the end unless it is told otherwise', () => {
    expect(every(3).atEnd).toBe(true);
    expect(every(3, { atEnd: false }).atEnd).toBe(false);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity, '5', null])('refuses n = %s', (n) => {
    expect(() => every(n as never)).toThrow(/^every: expected a whole number from 1, got /);
  });
});

it('either is due when one of them is, and at the end where one of them is', () => {
  const due = either(({ index }: { index: number }) => index === 1, every(3));
  expect([0, 1, 2, 3, 4, 5].filter((index) => due({ index }))).toEqual([1, 2, 5]);
  expect(due.atEnd).toBe(true);
  expect(either(every(3, { atEnd: false })).atEnd).toBe(false);
  expect(() => either(3 as never)).toThrow(new TypeError('either: expected a function, got 3'));
});
