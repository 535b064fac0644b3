import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { smoothedAction, softTarget, temperatureGradient, twinTarget } from '../../../src/rl/index.ts';
import { compute, engineNames, engines, expectClose } from '../../models/support.ts';

const given = {
  reward: Value.of([1, -1]),
  // The second step terminated its episode.
  discount: Value.of([0.5, 0]),
  first: Value.of([4, 7]),
  second: Value.of([6, 5]),
};

describe.each(engineNames)('on %s', (name) => {
  it('the target of twin critics takes the smaller estimate', () => {
    const { target } = compute(
      given,
      ({ reward, discount, first, second }) => ({ target: twinTarget(reward, discount, first, second) }),
      engines[name],
    );
    expectClose(target, [1 + 0.5 * 4, -1]);
  });

  it('the soft target adds the entropy, weighed by the temperature', () => {
    const { target } = compute(
      { ...given, logProbability: Value.of([-2, 3]), temperature: Value.scalar(0.25) },
      ({ reward, discount, first, second, logProbability, temperature }) => ({
        target: softTarget(reward, discount, first, second, { logProbability, temperature }),
      }),
      engines[name],
    );
    expectClose(target, [1 + 0.5 * (4 + 0.25 * 2), -1]);
  });

  it('target policy smoothing cuts the noise, then the action', () => {
    const { action } = compute(
      { action: Value.of([0, 0, 0.25, 0.9], [4, 1]), noise: Value.of([1, -10, 2, 2], [4, 1]) },
      ({ action, noise }) => ({ action: smoothedAction(action, noise, { deviation: 0.2, clip: 0.5 }) }),
      engines[name],
    );
    expectClose(action, [0.2, -0.5, 0.65, 1]);
  });

  it('the temperature falls where the entropy is above its target, and rises below it', () => {
    const gradient = (logProbability: number[]) =>
      compute(
        { log: Value.scalar(Math.log(0.5)), logProbability: Value.of(logProbability) },
        ({ log, logProbability }) => ({ gradient: temperatureGradient(log, logProbability, -1) }),
        engines[name],
      ).gradient;
    // Entropies of 3 and -2 nats against -1: -0.5 * (-3 - 1) and -0.5 * (2 - 1).
    expectClose(gradient([-2, -4]), [2]);
    expectClose(gradient([2, 2]), [-0.5]);
  });
});

describe('what does not fit is refused', () => {
  it('by shape and by bound', () => {
    const [two, three] = [Value.of([1, 2]), Value.of([1, 2, 3])];
    expect(() =>
      compute({ two, three }, ({ two, three }) => ({ y: twinTarget(two, two, two, three) })),
    ).toThrow('twinTarget: expected first, second of one shape of rank 1, got [2], [3]');
    expect(() =>
      compute({ x: Value.filled([1, 1], 0) }, ({ x }) => ({
        y: smoothedAction(x, x, { deviation: 0.2, clip: -1 }),
      })),
    ).toThrow('smoothedAction: clip: expected a finite number from 0, got -1');
  });
});
