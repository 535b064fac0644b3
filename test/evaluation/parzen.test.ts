import { describe, expect, it } from 'vitest';
import { parzenLogLikelihood } from '../../src/evaluation/parzen.ts';
import { rows } from './known.ts';

describe('parzenLogLikelihood', () => {
  it('gives the known answer', () => {
    const generated = rows(2, 1, (i) => 2 * i);
    expect(
      parzenLogLikelihood(
        rows(1, 1, () => 1),
        generated,
        1,
      ),
    ).toBeCloseTo(-1.418938533, 9);
  });

  it('does not underflow far away', () => {
    const far = parzenLogLikelihood(
      rows(1, 1, () => 1000),
      rows(1, 1, () => 0),
      1,
    );
    expect(far).toBeCloseTo(-500_000 - 0.918938533, 6);
  });

  it('refuses a sigma of 0', () => {
    const one = rows(1, 1, () => 1);
    expect(() => parzenLogLikelihood(one, one, 0)).toThrow('sigma: expected a finite number above 0, got 0');
  });
});
