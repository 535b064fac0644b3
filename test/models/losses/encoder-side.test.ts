import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate } from '../../../src/engine/index.ts';
import {
  type AdversarialLoss,
  fDivergence,
  goodfellow,
  hinge,
  jensenShannon,
  kullbackLeibler,
  leastSquares,
  minimax,
  neyman,
  nonSaturating,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariation,
  wasserstein,
} from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';
import { judged, scores, slopes } from './judged.ts';

/** The encoder's loss and its gradient by the scores of real pairs. */
function encoded(loss: AdversarialLoss, real: readonly number[], name: (typeof bothNames)[number] = 'cpu') {
  const run = compute(
    { real: scores(...real) },
    (given) =>
      differentiate(given as { real: Tensor }, ({ real }) => ({ loss: loss.encoder(real), extra: {} })),
    both[name],
  );
  return { loss: run.loss.data[0]!, gradient: Array.from(run.gradients.real.data) };
}

/**
 * For the scores 1 and -2 of pairs (x, E(x)). Beside each loss: the mean of its two numbers, each
 * by the formula of the paper with the label of the pair swapped, and the gradient by each score.
 */
const table: readonly (readonly [string, AdversarialLoss, number, readonly [number, number]])[] = [
  // (ln(1 + e) + ln(1 + e^-2)) / 2 = (1.313262 + 0.126928) / 2; sigmoid(1) / 2, sigmoid(-2) / 2.
  ['non-saturating', nonSaturating(), 0.720095, [0.365529, 0.059601]],
  // Smoothing is an aim of the critic alone.
  ['smoothed', nonSaturating({ smoothing: 0.1 }), 0.720095, [0.365529, 0.059601]],
  // -(ln(1 + e^-1) + ln(1 + e^2)) / 2 = -(0.313262 + 2.126928) / 2; sigmoid(-1) / 2, sigmoid(2) /
  // 2.
  ['minimax', minimax(), -1.220095, [0.134471, 0.440399]],
  // To the label of fake pairs, 0: (1 + 4) / 4; 1 / 2, -2 / 2.
  ['least squares', leastSquares(), 1.25, [0.5, -1]],
  // Fake -1, real 1, wanted 0: both sides want 0.
  ['least squares of Pearson', leastSquares({ fake: -1, wanted: 0 }), 1.25, [0.5, -1]],
  // Fake 0.2, real 0.8, wanted 0.7: the encoder wants 0.3. (0.49 + 5.29) / 4; 0.7 / 2, -2.3 / 2.
  ['least squares of 0.3', leastSquares({ fake: 0.2, real: 0.8, wanted: 0.7 }), 1.445, [0.35, -1.15]],
  ['hinge', hinge(), -0.5, [0.5, 0.5]],
  ['wasserstein', wasserstein(), -0.5, [0.5, 0.5]],
  // g(v) = v.
  ['kl', fDivergence(kullbackLeibler), -0.5, [0.5, 0.5]],
  // f*(g(v)) = e^(v - 1): (1 + 0.049787) / 2, and the halves are the gradients.
  ['kl, practical', fDivergence(kullbackLeibler, { practical: true }), 0.524894, [0.5, 0.024894]],
  // -e^-v: -(0.367879 + 7.389056) / 2; e^-v / 2.
  ['reverse kl', fDivergence(reverseKullbackLeibler), -3.878468, [0.18394, 3.694528]],
  // v - 1.
  ['reverse kl, practical', fDivergence(reverseKullbackLeibler, { practical: true }), -1.5, [0.5, 0.5]],
  ['pearson', fDivergence(pearson), -0.5, [0.5, 0.5]],
  // v^2 / 4 + v: (1.25 - 1) / 2; (v / 2 + 1) / 2.
  ['pearson, practical', fDivergence(pearson, { practical: true }), 0.125, [0.75, 0]],
  // 1 - e^-v: (0.632121 - 6.389056) / 2.
  ['neyman', fDivergence(neyman), -2.878468, [0.18394, 3.694528]],
  // 2 - 2 e^(-v / 2): (0.786939 - 3.436564) / 2; e^(-v / 2) / 2.
  ['neyman, practical', fDivergence(neyman, { practical: true }), -1.324813, [0.303265, 1.359141]],
  ['squared hellinger', fDivergence(squaredHellinger), -2.878468, [0.18394, 3.694528]],
  // e^v - 1: (1.718282 - 0.864665) / 2; e^v / 2.
  [
    ...(['squared hellinger, practical', fDivergence(squaredHellinger, { practical: true })] as const),
    ...([0.426809, [1.359141, 0.067668]] as const),
  ],
  // ln 2 - softplus(-v): 0.693147 - 1.220095.
  ['jensen-shannon', fDivergence(jensenShannon), -0.526948, [0.134471, 0.440399]],
  // softplus(v) - ln 2: 0.720095 - 0.693147.
  [
    ...(['jensen-shannon, practical', fDivergence(jensenShannon, { practical: true })] as const),
    ...([0.026948, [0.365529, 0.059601]] as const),
  ],
  // tanh(v) / 2: (0.761594 - 0.964028) / 4; (1 - tanh^2) / 4.
  ['total variation', fDivergence(totalVariation), -0.050608, [0.104994, 0.017663]],
  ['gan', fDivergence(goodfellow), -1.220095, [0.134471, 0.440399]],
  ['gan, practical', fDivergence(goodfellow, { practical: true }), 0.720095, [0.365529, 0.059601]],
];

describe.each(table)("the encoder's side: %s", (_, loss, expected, gradients) => {
  it.each(bothNames)('is the loss of the paper with the labels swapped (%s)', (name) => {
    const { loss: told, gradient } = encoded(loss, [1, -2], name);
    expect(told).toBeCloseTo(expected, 5);
    expect(gradient).toEqual(gradients.map((slope) => expect.closeTo(slope, 5)));
  });

  it('has the gradient of finite differences', () => {
    const differences = slopes((at) => encoded(loss, at).loss, [1, -2]);
    encoded(loss, [1, -2]).gradient.forEach((slope, i) => {
      expect(Math.abs(slope - differences[i]!)).toBeLessThan(2e-3 * (1 + Math.abs(slope)));
    });
  });
});

it('the losses of critic, generator and encoder of a zero-sum game add up to 0', () => {
  const games = [
    minimax(),
    wasserstein(),
    ...[kullbackLeibler, reverseKullbackLeibler, pearson, neyman, totalVariation].map((of) =>
      fDivergence(of),
    ),
  ];
  for (const loss of games) {
    const { critic, generator } = judged(loss, scores(1, -2), scores(0.3, -0.7, 2));
    expect(critic + generator + encoded(loss, [1, -2]).loss, loss.name).toBeCloseTo(0, 5);
  }
});
