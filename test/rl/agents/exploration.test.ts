import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { Draws } from '../../../src/rl/environments/draws.ts';
import { boltzmann, type Exploration, epsilonGreedy } from '../../../src/rl/index.ts';

const rows = Float32Array.of(0, 0, 0, 0, 1, 2);

/** How often each action of the second row is chosen in 6,000 steps. */
function counts(explore: Exploration): number[] {
  const found = [0, 0, 0];
  const draws = new Draws();
  for (let index = 0; index < 6000; index++)
    found[explore.choose(rows, 3, 3, index, draws.at(keyOf(5), index))]!++;
  return found;
}

function expectShares(explore: Exploration, shares: readonly number[]): void {
  const probabilities = explore.probabilities(rows, 3, 0, new Float64Array(3));
  expect([...probabilities].map((share) => share.toFixed(6))).toEqual(
    shares.map((share) => share.toFixed(6)),
  );
  counts(explore).forEach((count, action) => {
    expect(Math.abs(count / 6000 - shares[action]!)).toBeLessThan(0.025);
  });
}

describe('epsilonGreedy', () => {
  it('takes the best action, and a uniformly random one with probability epsilon', () => {
    expectShares(epsilonGreedy(0.3), [0.1, 0.1, 0.8]);
    expect(counts(epsilonGreedy(0))).toEqual([0, 0, 6000]);
  });

  it('refuses an epsilon outside of [0, 1]', () => {
    expect(() => epsilonGreedy(-0.1)).toThrow(
      new RangeError('epsilonGreedy: epsilon: expected a finite number from 0 to 1, got -0.1'),
    );
  });
});

describe('softmax', () => {
  it('has probabilities proportional to exp(value / temperature)', () => {
    // e^0, e^1, e^2 over their sum; and e^0, e^0.5, e^1.
    expectShares(boltzmann(1), [0.090031, 0.244728, 0.665241]);
    expectShares(boltzmann(2), [0.186324, 0.307196, 0.50648]);
  });

  it('is finite for values that would overflow', () => {
    const high = Float32Array.of(1e6, 1e6);
    expect([...boltzmann(1).probabilities(high, 0, 0, new Float64Array(2))]).toEqual([0.5, 0.5]);
  });

  it('refuses a temperature of 0', () => {
    expect(() => boltzmann(0)).toThrow(/^softmax: temperature: expected a finite number from 5e-324, got 0$/);
  });
});
