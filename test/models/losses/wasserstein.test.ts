import { describe, expect, it } from 'vitest';
import { differentiate, Value } from '../../../src/engine/index.ts';
import { wassersteinEstimate, wassersteinGeneratorLoss } from '../../../src/models/index.ts';
import { compute, engineNames, engines, expectClose } from '../support.ts';

const real = Value.of([1, 2, 6], [3, 1]);
const fake = Value.of([-1, 5], [2, 1]);

describe.each(engineNames)('the Wasserstein losses on %s', (name) => {
  it('estimate the distance by the difference of the mean scores', () => {
    const run = compute(
      { real, fake },
      (scores) => ({ estimate: wassersteinEstimate(scores.real, scores.fake) }),
      engines[name],
    );
    expect(run.estimate).toEqual(Value.scalar(1));
  });

  it('have the same gradient for every score of the generator', () => {
    const { loss, gradients } = compute(
      { fake },
      (scores) => differentiate(scores, (at) => ({ loss: wassersteinGeneratorLoss(at.fake), extra: {} })),
      engines[name],
    );
    expect(loss).toEqual(Value.scalar(-2));
    expectClose(gradients.fake, [-0.5, -0.5]);
  });
});

describe('the Wasserstein losses', () => {
  it('refuse scores that are not one for an example', () => {
    const flat = Value.of([1, 2]);
    expect(() => compute({ fake, flat }, (s) => ({ y: wassersteinEstimate(s.fake, s.flat) }))).toThrow(
      new RangeError('wassersteinEstimate: expected scores of [2,1], got [2]'),
    );
    expect(() => compute({ flat }, (s) => ({ y: wassersteinGeneratorLoss(s.flat) }))).toThrow(
      new RangeError('wassersteinGeneratorLoss: expected scores of [2,1], got [2]'),
    );
  });
});
