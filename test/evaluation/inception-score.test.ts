import { describe, expect, it } from 'vitest';
import { inceptionScore } from '../../src/evaluation/inception-score.ts';
import { softmaxRows } from '../../src/evaluation/softmax.ts';
import { A, stacked } from './known.ts';

const probabilities = softmaxRows(A);

describe('inceptionScore', () => {
  it('gives the known answer of the fixed array', () => {
    expect(inceptionScore(probabilities).mean).toBeCloseTo(1.169681879, 9);
    expect(inceptionScore(probabilities).deviation).toBe(0);
  });

  it('does not change when every sample is there twice', () => {
    expect(inceptionScore(stacked(probabilities, probabilities)).mean).toBeCloseTo(1.169681879, 9);
  });

  it('splits after a shuffle, so that sorted samples do not lower it', () => {
    const sorted = {
      shape: [40, 2],
      data: Array.from({ length: 80 }, (_, i) => (i < 40 === (i % 2 === 0) ? 1 : 0)),
    };
    const { mean, deviation } = inceptionScore(sorted, { splits: 4 });
    expect(mean).toBeGreaterThan(1.7);
    expect(mean).toBeLessThanOrEqual(2);
    expect(deviation).toBeGreaterThan(0);
    expect(inceptionScore(sorted, { splits: 4 })).toEqual({ mean, deviation });
  });

  it('refuses more splits than samples', () => {
    expect(() => inceptionScore(probabilities, { splits: 65 })).toThrow('expected at least 65 rows, got 64');
    expect(() => inceptionScore(probabilities, { splits: 0 })).toThrow(
      'splits: expected a whole number from 1, got 0',
    );
  });
});
