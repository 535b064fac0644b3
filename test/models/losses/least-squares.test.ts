import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../../src/models/index.ts';
import { both, bothNames } from '../support.ts';
import { judged, scores } from './judged.ts';

describe.each(bothNames)('the least-squares loss on %s', (name) => {
  it('is half the squared distance to 1, to 0, and for the generator to 1', () => {
    const run = judged(leastSquares(), scores(0.5, 2), scores(-1, 0.25), both[name]);
    expect(run.critic).toBeCloseTo((0.25 + 1) / 4 + (1 + 0.0625) / 4, 5);
    expect(run.generator).toBeCloseTo((4 + 0.5625) / 4, 5);
    // Gradients (a - 1) / 2 and b / 2.
    expect(run.byReal).toEqual([-0.25, 0.5]);
    expect(run.byFake).toEqual([-0.5, 0.125]);
    expect(run.generatorByFake).toEqual([-1, -0.375]);
  });

  it('has its threshold half way between the targets', () => {
    const { gauges } = judged(leastSquares(), scores(0.6, 0.4), scores(0.4, 0.1), both[name]);
    expect(gauges).toMatchObject({ realAccuracy: 0.5, fakeAccuracy: 1 });
  });
});

describe('leastSquares', () => {
  it('takes other targets, as those of the Pearson divergence', () => {
    const run = judged(leastSquares({ real: 1, fake: -1, wanted: 0 }), scores(0), scores(3));
    expect([run.critic, run.generator]).toEqual([0.5 + 8, 4.5]);
  });

  it('refuses targets that are not numbers, and a real target not above the fake one', () => {
    expect(() => leastSquares({ real: Number.NaN })).toThrow(
      'leastSquares: real: expected a finite number, got NaN',
    );
    expect(() => leastSquares({ fake: 1 })).toThrow(
      new RangeError('leastSquares: real: expected more than fake (1), got 1'),
    );
  });
});
