import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  hinge,
  leastSquares,
  type MatchingAwareOptions,
  matchingAware,
  nonSaturating,
  wasserstein,
} from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

/** The losses of scores, one for each kind of pair or a list of them. */
function losses(
  scores: { real: number[]; wrong: number[]; fake: number[]; between?: number[]; mismatched?: number },
  options: MatchingAwareOptions = {},
  engine = both.cpu,
  loss = nonSaturating(),
) {
  const column = (numbers: number[]) => Value.of(numbers, [numbers.length, 1]);
  const { real, wrong, fake, between = [], mismatched = 1 } = scores;
  const aware = matchingAware(loss, options);
  const inputs = {
    real: column(real),
    wrong: column(wrong),
    fake: column(fake),
    between: column(between.length > 0 ? between : [0]),
    mismatched: Value.scalar(mismatched),
  };
  const { critic, generator } = compute(
    inputs,
    (given) => ({
      critic: aware.critic(given.real, given.wrong, given.fake, given.mismatched),
      generator: aware.generator(given.fake, between.length > 0 ? given.between : undefined),
    }),
    engine,
  );
  return { critic: critic.data[0]!, generator: generator.data[0]! };
}

describe.each(bothNames)('the matching-aware loss on %s', (name) => {
  it('weighs wrong and generated pairs by a half each, as the paper', () => {
    const { critic } = losses({ real: [1], wrong: [-0.5], fake: [-2] }, {}, both[name]);
    // sp(-1) + sp(-.5) / 2 + sp(-2) / 2 = .313262 + .237038 + .063464
    expect(critic).toBeCloseTo(0.613764, 6);
  });

  it('takes one mean over sentences of the data and interpolated ones', () => {
    const scores = { real: [0], wrong: [0], fake: [-2, -2], between: [0.4] };
    const { generator } = losses(scores, { interpolated: 1 }, both[name]);
    // (2 sp(2) + sp(-.4)) / 3, where the paper's sum is sp(2) + sp(-.4) = 2.639943
    expect(generator).toBeCloseTo(1.588957, 6);
    expect(losses(scores, { interpolated: 0.5 }, both[name]).generator).toBeCloseTo(
      (2 * 2.126928 + 0.5 * 0.513015) / 3,
      5,
    );
  });

  it('has its minimum at D = 2/3 on real pairs for a perfect generator', () => {
    const best = Math.log(2);
    const at = (real: number) => losses({ real: [real], wrong: [-60], fake: [real] }, {}, both[name]).critic;
    // -ln(2/3) - ln(1/3) / 2
    expect(at(best)).toBeCloseTo(0.954771, 6);
    expect(at(best - 0.05)).toBeGreaterThan(at(best));
    expect(at(best + 0.05)).toBeGreaterThan(at(best));
    expect(losses({ real: [0], wrong: [0], fake: [best] }, {}, both[name]).generator).toBeCloseTo(
      0.405465,
      6,
    );
  });
});

describe('matchingAware', () => {
  it('is the loss of a conditional GAN without wrong pairs', () => {
    const scores = { real: [0], wrong: [7], fake: [0] };
    expect(losses(scores, { wrong: 0 }).critic).toBeCloseTo(1.386294, 6);
    expect(losses({ ...scores, mismatched: 0 }).critic).toBeCloseTo(1.386294, 6);
    expect(losses({ ...scores, mismatched: 0 }, { wrong: 0.9 }).critic).toBeCloseTo(1.386294, 6);
  });

  it('is the plain generator loss for a sentence interpolated with itself', () => {
    const scores = { real: [0], wrong: [0], fake: [0.3, 0.3], between: [0.3] };
    expect(losses(scores, { interpolated: 1 }).generator).toBeCloseTo(
      losses({ ...scores, between: [] }).generator,
      6,
    );
  });

  it.each([
    ['hinge', hinge(), 0.5 * 0 + 0.5 * 1.5 + 0.5],
    ['least squares', leastSquares(), 0.5 * (0.25 + 4) * 0.5 + 0.5 * (0.25 + 0.25) * 0.5],
    ['Wasserstein', wasserstein(), -0.5 + 0.5 * -2 + 0.5 * 0.5],
  ])('takes any adversarial loss: %s', (_, loss, expected) => {
    const { critic } = losses({ real: [0.5], wrong: [0.5], fake: [-2] }, {}, both.cpu, loss);
    expect(critic).toBeCloseTo(expected, 5);
  });

  it('refuses weights against their rule', () => {
    expect(() => matchingAware(nonSaturating(), { wrong: 1.5 })).toThrow(
      'matchingAware: wrong: expected a finite number from 0 to 1, got 1.5',
    );
    expect(() => matchingAware(nonSaturating(), { interpolated: -1 })).toThrow(
      'matchingAware: interpolated: expected a finite number from 0, got -1',
    );
  });
});
