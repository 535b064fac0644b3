import { describe, expect, it } from 'vitest';
import { hinge } from '../../../src/models/index.ts';
import { both, bothNames } from '../support.ts';
import { judged, scores } from './judged.ts';

const [real, fake] = [scores(0.5, 2, -1), scores(-2, 0.3, 0)];

describe.each(bothNames)('the hinge loss on %s', (name) => {
  it('is the mean distance of real scores to 1 and of fake ones to -1', () => {
    const { critic, generator } = judged(hinge(), real, fake, both[name]);
    // (0.5 + 0 + 2) / 3 + (0 + 1.3 + 1) / 3, and (2 - 0.3 - 0) / 3.
    expect(critic).toBeCloseTo(1.6, 5);
    expect(generator).toBeCloseTo(0.566667, 5);
  });

  it('is 2 and 0 for scores of 0', () => {
    const { critic, generator } = judged(hinge(), scores(0), scores(0), both[name]);
    expect([critic, Math.abs(generator)]).toEqual([2, 0]);
  });

  it('has gradient 0 beyond the margin, and a constant one inside', () => {
    const { byReal, byFake, generatorByFake } = judged(hinge(), real, fake, both[name]);
    const third = expect.closeTo(1 / 3, 6);
    expect(byReal.map(Math.abs)).toEqual([third, 0, third]);
    expect(byFake).toEqual([0, third, third]);
    expect(generatorByFake.map((x) => -x)).toEqual([third, third, third]);
  });

  it('has its threshold at 0', () => {
    const { gauges } = judged(hinge(), real, fake, both[name]);
    expect(gauges).toEqual({
      realScore: 0.5,
      fakeScore: expect.closeTo(-1.7 / 3, 6),
      realAccuracy: expect.closeTo(2 / 3, 6),
      fakeAccuracy: expect.closeTo(1 / 3, 6),
    });
  });
});
