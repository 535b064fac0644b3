import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { diversity } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

describe.each(bothNames)('diversity on %s', (name) => {
  const of = (fake: Value, real: Value) =>
    compute({ fake, real }, (at) => ({ y: diversity(at.fake, at.real) }), both[name]).y.data[0]!;
  const real = Value.of([0, 0, 2, 0, 0, 2, 2, 2], [4, 2]);

  it('is the ratio of the distances between samples, independent of their mean', () => {
    expect(of(real, real)).toBe(1);
    const wide = Value.of(
      [...real.data].map((x) => 3 * x + 100),
      [4, 2],
    );
    expect(of(wide, real)).toBeCloseTo(3, 4);
  });

  it('is 0 for equal samples, and finite for equal examples', () => {
    expect(of(Value.filled([4, 2], 7), real)).toBe(0);
    expect(Number.isFinite(of(real, Value.filled([4, 2], 7)))).toBe(true);
  });
});
