import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { gaussianPolicy } from '../../../src/rl/index.ts';
import { compute, expectClose, moments } from '../../models/support.ts';

const bounds = { low: [-2, -5], high: [2, 5] };
const policy = gaussianPolicy(bounds, Math.log(0.5));
const means = Float64Array.of(1, -1);
const own = policy.own() as { logDeviation: Value };

function drawn(rows: number) {
  const choices = policy.choices(rows, keyOf(1));
  const actions = Array.from({ length: rows }, (_, row) => policy.draw(means, own, row, choices));
  return { choices, actions };
}

describe('a Gaussian policy', () => {
  it('draws around the means with its deviation', () => {
    const data = drawn(4000).choices.actions as Float32Array;
    for (const [i, mean] of means.entries()) {
      const got = moments(data.filter((_, at) => at % 2 === i));
      expect(got.mean).toBeCloseTo(mean, 1);
      expect(got.variance).toBeCloseTo(0.25, 1);
    }
  });

  it('cuts what it gives to the environment, not what it learns from', () => {
    const { choices, actions } = drawn(4000);
    const raw = choices.actions as Float32Array;
    expect(Math.max(...actions.map(([number]) => number!))).toBe(2);
    expect(Math.max(...raw.filter((_, at) => at % 2 === 0))).toBeGreaterThan(2);
  });

  it('knows the density of what it drew, as a program computes it', () => {
    const { choices } = drawn(20);
    const outputs = Value.of(Array.from({ length: 20 }, () => [...means]).flat(), [20, 2]);
    const { log } = compute({ outputs, own, action: policy.input(choices.actions, 20) }, (given) => ({
      log: policy.logProbability(given.outputs, given.own as never, given.action),
    }));
    expectClose(log, [...choices.logProbabilities], 2e-6);
  });

  it('takes the means, cut to the bounds, for the best', () => {
    expect(policy.best(Float64Array.of(3, -1))).toEqual([2, -1]);
  });

  it('refuses a deviation that is no number', () => {
    expect(() => gaussianPolicy(bounds, Number.NaN)).toThrow('gaussianPolicy: logDeviation: expected');
  });
});
