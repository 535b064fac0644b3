import { describe, expect, it } from 'vitest';
import { nonSaturating } from '../../../src/models/index.ts';
import { both, bothNames } from '../support.ts';
import { gradientsBeside, judged, scores } from './judged.ts';

const [real, fake] = [scores(0.5, 2, -1), scores(-2, 0.3, 0)];

describe.each(bothNames)('the non-saturating loss on %s', (name) => {
  it('is log(1 + exp) of the scores, for both players', () => {
    const { critic, generator } = judged(nonSaturating(), real, fake, both[name]);
    expect(critic).toBeCloseTo(1.196232, 5);
    expect(generator).toBeCloseTo(1.12481, 5);
  });

  it('is 2 log 2 and log 2 for scores of 0', () => {
    const { critic, generator } = judged(nonSaturating(), scores(0), scores(0), both[name]);
    expect(critic).toBeCloseTo(1.386294, 5);
    expect(generator).toBeCloseTo(Math.LN2, 5);
  });

  it('has its largest gradient where the critic is confident that the example is fake', () => {
    const { generatorByFake } = judged(nonSaturating(), real, scores(-10), both[name]);
    expect(generatorByFake[0]).toBeCloseTo(-0.9999546, 6);
  });

  it('has the gradients of finite differences', () => {
    const { gradients, differences } = gradientsBeside(
      nonSaturating({ smoothing: 0.1 }),
      [0.5, -1],
      [0.3, -2],
      both[name],
    );
    expect(gradients).toEqual(differences.map((slope) => expect.closeTo(slope, 3)));
  });
});

describe('one-sided smoothing', () => {
  it('has its minimum on equal data at D = 0.45, a score of log(0.45 / 0.55)', () => {
    const at = (score: number) => judged(nonSaturating({ smoothing: 0.1 }), scores(score), scores(score));
    const best = Math.log(0.45 / 0.55);
    expect(best).toBeCloseTo(-0.2007, 4);
    const { byReal, byFake } = at(best);
    expect(byReal[0]! + byFake[0]!).toBeCloseTo(0, 6);
    expect(at(best).critic).toBeLessThan(at(best + 0.3).critic);
    expect(at(best).critic).toBeLessThan(at(best - 0.3).critic);
  });

  it('weighs the cross-entropies of real examples by 0.9 and 0.1', () => {
    const softplus = (x: number) => Math.log1p(Math.exp(x));
    const { critic } = judged(nonSaturating({ smoothing: 0.1 }), scores(2), scores(-1));
    expect(critic).toBeCloseTo(0.9 * softplus(-2) + 0.1 * softplus(2) + softplus(-1), 5);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses %s', (smoothing) => {
    expect(() => nonSaturating({ smoothing })).toThrow(
      `smoothing: expected a finite number from 0 to 1, got ${smoothing}`,
    );
  });
});
