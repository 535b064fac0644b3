import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { gaussianEntropy, gaussianLogProbability } from '../../../src/rl/index.ts';
import { compute, expectClose } from '../../models/support.ts';

const logDeviation = Value.of([0, Math.LN2]);

it('knows the density of two numbers at one deviation from their means', () => {
  const { log } = compute(
    { mean: Value.of([0, 1], [1, 2]), logDeviation, action: Value.of([1, 3], [1, 2]) },
    ({ mean, logDeviation, action }) => ({ log: gaussianLogProbability(mean, logDeviation, action) }),
  );
  // -1/2 - ln(2 pi)/2 = -1.418939, and ln 2 less for the wider one.
  expectClose(log, [-1.418939 - 2.112086]);
});

it('has an entropy that grows with the deviations alone', () => {
  const { entropy } = compute({ logDeviation }, ({ logDeviation }) => ({
    entropy: gaussianEntropy(logDeviation),
  }));
  expectClose(entropy, [1.418939 + 2.112086]);
});

it('refuses deviations of another number of actions', () => {
  const mean = Value.filled([1, 3], 0);
  expect(() =>
    compute({ mean, logDeviation }, ({ mean, logDeviation }) => ({
      y: gaussianLogProbability(mean, logDeviation, mean),
    })),
  ).toThrow('gaussianLogProbability: expected logDeviation [3], got [2]');
});
