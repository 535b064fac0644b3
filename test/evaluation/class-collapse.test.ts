import { describe, expect, it } from 'vitest';
import { argMaxRows, classCollapse } from '../../src/evaluation/class-collapse.ts';
import { rows } from './known.ts';

/** Two classes on a line, at 0 and at 10; each spreads by `spread` to both sides. */
function classified(places: readonly number[]) {
  return {
    features: rows(places.length, 1, (i) => places[i]!),
    probabilities: rows(places.length, 2, (i, c) => (places[i]! < 5 === (c === 0) ? 0.9 : 0.1)),
  };
}

const real = classified([-2, 2, 8, 12]);

describe('classCollapse', () => {
  it('finds nothing in the real data itself', () => {
    expect(classCollapse(real, real)).toEqual({
      modes: 2,
      reverseKl: 0,
      spread: 1,
      classes: [
        { share: 0.5, spread: 1 },
        { share: 0.5, spread: 1 },
      ],
    });
  });

  it('finds a class that is missing', () => {
    const { modes, reverseKl, classes, spread } = classCollapse(real, classified([-2, 2, -2, 2]));
    expect({ modes, reverseKl }).toEqual({ modes: 1, reverseKl: Math.log(2) });
    expect(classes[1]).toEqual({ share: 0, spread: 0 });
    // Variance 16/3 over 8, of the one class that is hit.
    expect(spread).toBeCloseTo(2 / 3, 12);
  });

  it('finds a class that shrinks', () => {
    const { modes, classes } = classCollapse(real, classified([-2, 2, 9, 11]));
    expect(modes).toBe(2);
    expect(classes.map(({ spread }) => spread)).toEqual([1, 0.25]);
  });

  it('refuses what does not fit together', () => {
    const other = { features: rows(3, 1, (i) => i), probabilities: rows(3, 3, (i, c) => (i === c ? 1 : 0)) };
    expect(() => classCollapse(real, other)).toThrow('expected 2 classes, got 3');
    const torn = { features: rows(3, 1, (i) => i), probabilities: real.probabilities };
    expect(() => classCollapse(real, torn)).toThrow('expected probabilities for 3 features, got 4');
  });
});

it('argMax gives the most probable class, the first of equals', () => {
  expect([
    ...argMaxRows({ count: 2, width: 3, data: Float64Array.of(0.1, 0.5, 0.4, 0.3, 0.3, 0.3) }),
  ]).toEqual([1, 0]);
});
