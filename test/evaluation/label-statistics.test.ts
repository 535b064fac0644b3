import { describe, expect, it } from 'vitest';
import { LabelStatistics } from '../../src/evaluation/label-statistics.ts';
import { rows } from './known.ts';

const oneHot = (count: number, classes: number, used = classes) =>
  rows(count, classes, (i, c) => (i % used === c ? 1 : 0));

describe('LabelStatistics', () => {
  it('scores one-hot rows by the number of classes in use, and uniform rows by 1', () => {
    expect(LabelStatistics.of(oneHot(20, 10)).inceptionScore).toBeCloseTo(10, 12);
    expect(LabelStatistics.of(oneHot(20, 10, 2)).inceptionScore).toBeCloseTo(2, 12);
    expect(LabelStatistics.of(rows(7, 10, () => 0.1)).inceptionScore).toBeCloseTo(1, 12);
  });

  it('gives the known answer of two by two', () => {
    const two = { shape: [2, 2], data: [0.9, 0.1, 0.2, 0.8] };
    expect(LabelStatistics.of(two).inceptionScore).toBeCloseTo(1.317052276, 9);
  });

  it('counts the most probable class of each sample', () => {
    const three = { shape: [3, 3], data: [0.5, 0.3, 0.2, 0.1, 0.2, 0.7, 0, 0.4, 0.6] };
    expect(LabelStatistics.of(three).hits).toEqual([1, 0, 2]);
  });

  it('gives the same for parts, merged', () => {
    const all = rows(6, 2, (i, c) => (c === 0 ? i / 6 : 1 - i / 6));
    const part = (start: number, end: number) =>
      LabelStatistics.of(rows(end - start, 2, (i, c) => all.data[(start + i) * 2 + c]!));
    const merged = part(4, 6).merge(part(0, 4));
    expect(merged.count).toBe(6);
    expect(merged.inceptionScore).toBeCloseTo(LabelStatistics.of(all).inceptionScore, 12);
    expect(merged.hits).toEqual(LabelStatistics.of(all).hits);
  });

  it('refuses what is no probability, and a score of nothing', () => {
    expect(() => LabelStatistics.of({ shape: [1, 2], data: [0.9, 0.3] })).toThrow('sum to 1, got 1.2');
    expect(() => LabelStatistics.of({ shape: [1, 2], data: [1.5, -0.5] })).toThrow('sum to 1');
    expect(() => new LabelStatistics(3).add(oneHot(2, 2))).toThrow('expected 3 classes, got 2');
    expect(() => new LabelStatistics(3).merge(new LabelStatistics(2))).toThrow('expected 3 classes, got 2');
    expect(() => new LabelStatistics(3).inceptionScore).toThrow('expected at least 1 sample, got 0');
  });
});
