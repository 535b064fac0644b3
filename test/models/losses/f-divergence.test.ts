import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  type Divergence,
  fDivergence,
  goodfellow,
  jensenShannon,
  kullbackLeibler,
  neyman,
  nonSaturating,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariation,
} from '../../../src/models/index.ts';
import { both, bothNames, compute, expectClose } from '../support.ts';
import { gradientsBeside, judged, scores } from './judged.ts';

const softplus = (x: number) => Math.log1p(Math.exp(x));

/**
 * Of each divergence: f and its slope, g_f and f* as the paper's table has them, and D_f(N(0, 1) ||
 * N(1, 1)).
 */
const table: readonly (readonly [
  Divergence,
  (u: number) => number,
  (u: number) => number,
  (v: number) => number,
  (t: number) => number,
  number,
])[] = [
  [kullbackLeibler, (u) => u * Math.log(u), (u) => Math.log(u) + 1, (v) => v, (t) => Math.exp(t - 1), 0.5],
  [
    ...([reverseKullbackLeibler, (u: number) => -Math.log(u), (u: number) => -1 / u] as const),
    ...([(v: number) => -Math.exp(-v), (t: number) => -1 - Math.log(-t), 0.5] as const),
  ],
  [pearson, (u) => (u - 1) ** 2, (u) => 2 * (u - 1), (v) => v, (t) => t ** 2 / 4 + t, Math.E - 1],
  [
    ...([neyman, (u: number) => (1 - u) ** 2 / u, (u: number) => 1 - 1 / u ** 2] as const),
    ...([(v: number) => 1 - Math.exp(-v), (t: number) => 2 - 2 * Math.sqrt(1 - t), Math.E - 1] as const),
  ],
  [
    ...([
      squaredHellinger,
      (u: number) => (Math.sqrt(u) - 1) ** 2,
      (u: number) => 1 - 1 / Math.sqrt(u),
    ] as const),
    ...([(v: number) => 1 - Math.exp(-v), (t: number) => t / (1 - t), 0.235006] as const),
  ],
  [
    jensenShannon,
    (u) => u * Math.log(u) - (u + 1) * Math.log((u + 1) / 2),
    (u) => Math.log((2 * u) / (u + 1)),
    (v) => Math.LN2 - softplus(-v),
    (t) => -Math.log(2 - Math.exp(t)),
    0.222843,
  ],
  [
    goodfellow,
    (u) => u * Math.log(u) - (u + 1) * Math.log(u + 1),
    (u) => Math.log(u / (u + 1)),
    (v) => -softplus(-v),
    (t) => -Math.log(1 - Math.exp(t)),
    -1.163451,
  ],
  [
    ...([
      totalVariation,
      (u: number) => 0.5 * Math.abs(u - 1),
      (u: number) => 0.5 * Math.sign(u - 1),
    ] as const),
    ...([(v: number) => 0.5 * Math.tanh(v), (t: number) => t, 0.382925] as const),
  ],
];

const named = table.map((row) => [row[0].name, ...row] as const);
const v = Value.of([-2, -0.5, 0, 0.3, 1.2]);

describe.each(named)('%s', (_, of, f, slope, activation, conjugate, expected) => {
  it.each(bothNames)('has the activation and the conjugate of the table (%s)', (name) => {
    const run = compute({ v }, ({ v }) => ({ g: of.activation(v), c: of.conjugate(v) }), both[name]);
    const numbers = [...v.data];
    expectClose(run.g, numbers.map(activation));
    expectClose(
      run.c,
      numbers.map((x) => conjugate(activation(x))),
      1e-4,
    );
  });

  it('has its threshold where the activation is the slope of f at 1', () => {
    // At the kink of |u - 1| the slope is between -1/2 and 1/2; the game takes 0.
    if (of !== totalVariation) expect(activation(of.threshold)).toBeCloseTo(slope(1), 6);
    else expect(activation(of.threshold)).toBe(0);
  });

  it("reaches the divergence of N(0, 1) from N(1, 1) with the best critic, f'(p / q)", () => {
    const density = (x: number, mean: number) => Math.exp(-((x - mean) ** 2) / 2) / Math.sqrt(2 * Math.PI);
    let [bound, integral] = [0, 0];
    const step = 1e-3;
    for (let x = -12; x < 13; x += step) {
      const [p, q] = [density(x, 0), density(x, 1)];
      const best = slope(p / q);
      bound += step * (p * best - q * conjugate(best));
      integral += step * q * f(p / q);
    }
    expect(integral).toBeCloseTo(expected, 3);
    expect(bound).toBeCloseTo(expected, 3);
  });

  it('has the gradients of finite differences, for both players', () => {
    for (const practical of [false, true]) {
      const { gradients, differences } = gradientsBeside(
        fDivergence(of, { practical }),
        [0.5, -1],
        [0.3, -2],
      );
      gradients.forEach((gradient, i) => {
        expect(Math.abs(gradient - differences[i]!)).toBeLessThan(2e-3 * (1 + Math.abs(differences[i]!)));
      });
    }
  });
});

describe('fDivergence', () => {
  it("of Goodfellow's divergence is the minimax loss, or the non-saturating one", () => {
    const [real, fake] = [scores(0.5, 2), scores(-2, 0.3)];
    const [game, practical] = [false, true].map((practical) =>
      judged(fDivergence(goodfellow, { practical }), real, fake),
    );
    const gan = judged(nonSaturating(), real, fake);
    expect(game!.critic).toBeCloseTo(gan.critic, 6);
    expect(practical!.generator).toBeCloseTo(gan.generator, 6);
    expect(game!.gauges.divergence).toBeCloseTo(-game!.critic, 6);
  });
});
