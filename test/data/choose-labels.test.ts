import { describe, expect, it } from 'vitest';
import { medoidLabels, randomLabels } from '../../src/data/index.ts';
import { keyOf, Value } from '../../src/engine/index.ts';

const labels = Int32Array.of(1, 0, 1, 0, 1, 0, 1, 0, 1, 1);

describe('randomLabels', () => {
  it('takes as many of each class, by key', () => {
    const chosen = randomLabels(labels, 3, keyOf(1));
    expect(chosen).toHaveLength(6);
    expect(new Set(chosen).size).toBe(6);
    expect(chosen.map((index) => labels[index])).toEqual([0, 0, 0, 1, 1, 1]);
    expect(randomLabels(labels, 3, keyOf(1))).toEqual(chosen);
    const others = Array.from({ length: 9 }, (_, seed) => randomLabels(labels, 3, keyOf(seed)).join());
    expect(new Set(others).size).toBeGreaterThan(3);
  });

  it('refuses more than the smallest class has', () => {
    expect(() => randomLabels(labels, 5, keyOf(1))).toThrow(
      'randomLabels: perClass: expected at most the 4 examples of class 0, got 5',
    );
    expect(() => randomLabels(labels, 0, keyOf(1))).toThrow(
      'randomLabels: perClass: expected a whole number',
    );
  });
});

describe('medoidLabels', () => {
  it('takes the member in the middle of each cluster', () => {
    // Class 0: clusters around 0 and 10, whose means are nearest to 0.1 and 10.1.
    const examples = Value.of([-0.5, 0.1, 0.8, 9, 10.1, 11.4, 50, 51], [8, 1]);
    const classes = Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1);
    const chosen = medoidLabels(examples, classes, 2, keyOf(3));
    expect(chosen.slice(0, 2).sort()).toEqual([1, 4]);
    expect(chosen.slice(2).sort()).toEqual([6, 7]);
  });
});
