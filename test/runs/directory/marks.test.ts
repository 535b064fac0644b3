import { describe, expect, it } from 'vitest';
import { Marks } from '../../../src/runs/directory/marks.ts';

const mark = (index: number) => ({ index, offset: 10 * index, time: index });

describe('Marks', () => {
  it('finds the places around a step', () => {
    const marks = new Marks();
    for (const index of [0, 10, 20]) marks.add(mark(index));
    expect(marks.before(10)).toEqual(mark(10));
    expect(marks.before(19)).toEqual(mark(10));
    expect(marks.after(10)).toEqual(mark(20));
    expect(marks.after(20)).toBeUndefined();
  });

  it('keeps a bounded number, evenly spread', () => {
    const marks = new Marks(4);
    for (let i = 0; i < 100; i++) marks.add(mark(i));
    const kept = new Set(Array.from({ length: 100 }, (_, i) => marks.before(i)!.index));
    expect([...kept]).toEqual([0, 32, 64, 96]);
  });
});
