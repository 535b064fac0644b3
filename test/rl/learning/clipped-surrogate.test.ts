import { describe, expect, it } from 'vitest';
import { differentiate, Value } from '../../../src/engine/index.ts';
import { clippedSurrogate } from '../../../src/rl/index.ts';
import { compute, engineNames, engines, expectClose } from '../../models/support.ts';

/** A ratio of 3/2 and of 1/2, each with a good and a bad action. */
const given = {
  logNow: Value.of([1.5, 1.5, 0.5, 0.5].map(Math.log)),
  logBefore: Value.filled([4], 0),
  advantage: Value.of([2, -2, 2, -2]),
};

describe.each(engineNames)('the clipped surrogate on %s', (name) => {
  it('counts the smaller of the gains with and without the clip', () => {
    const { loss, approxKl, clipFraction } = compute(
      given,
      ({ logBefore, logNow, advantage }) => ({ ...clippedSurrogate(logBefore, logNow, advantage, 0.2) }),
      engines[name],
    );
    // Gains 2.4 (clipped from 3), -3 (not clipped), 1 (not clipped), -1.6 (clipped from -1).
    expectClose(loss, [0.3]);
    expectClose(approxKl, [(0.5 - 0.405465 + (-0.5 + Math.LN2)) / 2]);
    expectClose(clipFraction, [1]);
  });

  it('pulls only on what would still get better within the clip, or is worse than without it', () => {
    const { gradients } = compute(
      given,
      ({ logBefore, logNow, advantage }) =>
        differentiate({ logNow }, (at) => ({
          loss: clippedSurrogate(logBefore, at.logNow, advantage, 0.2).loss,
          extra: {},
        })),
      engines[name],
    );
    expectClose(gradients.logNow, [0, 0.75, -0.25, 0]);
  });

  it('is the plain policy gradient where nothing has moved', () => {
    const { loss, clipFraction, approxKl } = compute(
      { same: Value.of([-1, -2]), advantage: Value.of([3, 1]) },
      ({ same, advantage }) => ({ ...clippedSurrogate(same, same, advantage, 0.2) }),
      engines[name],
    );
    expect([loss, clipFraction, approxKl].map(({ data }) => data[0])).toEqual([-2, 0, 0]);
  });
});

it('refuses one advantage for two actions', () => {
  expect(() =>
    compute({ two: Value.of([0, 0]), one: Value.of([1]) }, ({ two, one }) => ({
      ...clippedSurrogate(two, two, one, 0.2),
    })),
  ).toThrow(
    'clippedSurrogate: expected logBefore, logNow, advantage of one shape of rank 1, got [2], [2], [1]',
  );
});
