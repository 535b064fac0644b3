import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { cosineDistance, meanAbsoluteError, meanSquaredError } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

const of = (
  measure: typeof meanAbsoluteError,
  left: Value,
  right: Value,
  name: (typeof bothNames)[number] = 'cpu',
) => compute({ left, right }, ({ left, right }) => ({ y: measure(left, right) }), both[name]).y.data[0];

describe.each(bothNames)('distances on %s', (name) => {
  it('are means over all numbers', () => {
    const [left, right] = [Value.of([0, 1, 2, 4]), Value.of([1, 1, 0, 1])];
    expect(of(meanAbsoluteError, left, right, name)).toBe(1.5);
    expect(of(meanSquaredError, left, right, name)).toBe(3.5);
  });

  it('of directions are 0, a half at 60 degrees, 2', () => {
    const x = Value.of([1, 0, 0], [1, 1, 1, 3]);
    const at = (degrees: number) =>
      Value.of([Math.cos((degrees * Math.PI) / 180), 0, Math.sin((degrees * Math.PI) / 180)], [1, 1, 1, 3]);
    expect(of(cosineDistance, x, x, name)).toBe(0);
    expect(of(cosineDistance, x, at(60), name)).toBeCloseTo(0.5, 6);
    expect(of(cosineDistance, x, at(180), name)).toBeCloseTo(2, 6);
  });
});

describe('the mean absolute error', () => {
  it('is least at the median: 1 for 70 % of ones and 30 % of minus ones, at .6', () => {
    const data = Value.of(Array.from({ length: 10 }, (_, i) => (i < 7 ? 1 : -1)));
    const guess = (value: number) => of(meanAbsoluteError, Value.filled([10], value), data)!;
    expect(guess(1)).toBeCloseTo(0.6, 6);
    expect(guess(0.4)).toBeGreaterThan(guess(1));
  });
});

it.each([
  ['meanAbsoluteError', meanAbsoluteError],
  ['meanSquaredError', meanSquaredError],
  ['cosineDistance', cosineDistance],
] as const)('%s refuses shapes that differ', (name, measure) => {
  expect(() => of(measure, Value.of([1, 2]), Value.of([1, 2, 3]))).toThrow(
    new RangeError(`${name}: expected two of equal shape, got [2] and [3]`),
  );
});
