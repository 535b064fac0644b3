import { describe, expect, it } from 'vitest';
import { keyOf, normals, Value } from '../../../src/engine/index.ts';
import { squashedGaussian } from '../../../src/rl/index.ts';
import { compute, engineNames, engines, expectClose } from '../../models/support.ts';

const of = (mean: Value, logDeviation: Value, noise: Value, engine = engines.cpu) =>
  compute(
    { mean, logDeviation, noise },
    ({ mean, logDeviation, noise }) => ({ ...squashedGaussian(mean, logDeviation, noise) }),
    engine,
  );

describe.each(engineNames)('a squashed normal on %s', (name) => {
  it('has the density of the normal, corrected for the hyperbolic tangent', () => {
    // u = 0.5 + 2 * 0.25 = 1 and u = -1: ln N = -noise^2 / 2 - ln 2 - ln(2 pi) / 2, less
    // ln(1 - tanh(1)^2) = ln 0.41997434.
    const { action, logProbability } = of(
      Value.of([0.5, -1.5], [2, 1]),
      Value.filled([2, 1], Math.LN2),
      Value.of([0.25, 0.25], [2, 1]),
      engines[name],
    );
    expectClose(action, [0.76159416, -0.76159416], 1e-6);
    const density = -0.03125 - Math.LN2 - 0.91893853 + 0.86756152;
    expectClose(logProbability, [density, density], 1e-5);
  });

  it('adds up the numbers of an action', () => {
    // u = 0 twice: ln N(0) of the deviations 1 and e, no correction.
    const { logProbability } = of(
      Value.of([0, 0], [1, 2]),
      Value.of([0, 1], [1, 2]),
      Value.of([0, 0], [1, 2]),
      engines[name],
    );
    expectClose(logProbability, [-2 * 0.91893853 - 1], 1e-6);
  });
});

describe('a squashed normal', () => {
  it('has a finite density where the tangent rounds to 1', () => {
    const { action, logProbability } = of(
      Value.of([30], [1, 1]),
      Value.of([0], [1, 1]),
      Value.of([0], [1, 1]),
    );
    expect(action.data[0]).toBe(1);
    // ln(1 - tanh(u)^2) = 2 (ln 2 - u) for large u.
    expectClose(logProbability, [-0.91893853 - 2 * (Math.LN2 - 30)], 1e-4);
  });

  it('cuts the logarithm of a deviation to -20 and 2', () => {
    const { action } = of(
      Value.of([0, 0], [2, 1]),
      Value.of([100, -100], [2, 1]),
      Value.of([0.1, 1], [2, 1]),
    );
    expectClose(action, [Math.tanh(0.1 * Math.exp(2)), Math.exp(-20)], 1e-6);
  });

  it('has a density that integrates to 1: the mean of 1 / (2 p) over its own draws', () => {
    // E[1 / p] over the draws is the length of the interval from -1 to 1.
    const count = 20_000;
    const zeros = Value.filled([count, 1], 0);
    const { logProbability } = of(zeros, zeros, normals(keyOf(4), [count, 1]));
    const mean = [...logProbability.data].reduce((sum, log) => sum + Math.exp(-log) / 2, 0) / count;
    expect(mean).toBeCloseTo(1, 1);
  });

  it('refuses shapes that differ', () => {
    expect(() => of(Value.filled([2, 1], 0), Value.filled([2, 2], 0), Value.filled([2, 1], 0))).toThrow(
      'squashedGaussian: expected mean, logDeviation, noise of one shape of rank 2, got [2,1], [2,2], [2,1]',
    );
  });
});
