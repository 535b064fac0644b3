import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/engine/index.ts';
import {
  type AdversarialLoss,
  bigan,
  cycleGan,
  dense,
  gan,
  hinge,
  leastSquares,
  matchingAware,
  mrgan,
  nonSaturating,
  relativisticAverage,
  relativisticPaired,
  sgd,
  train,
  vaeGan,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, compute, noise } from '../support.ts';
import { judged, scores, slopes } from './judged.ts';

const [real, fake] = [
  [2, 0.5],
  [-1, 1],
];
const softplus = (x: number) => Math.log1p(Math.exp(x));
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

const generatorLoss = (loss: AdversarialLoss, a: readonly number[], b: readonly number[]) =>
  compute({ real: scores(...a), fake: scores(...b) }, ({ real, fake }) => ({
    loss: loss.generator(fake as never, real as never),
  })).loss.data[0]!;

describe('the relativistic average', () => {
  it('is that of the paper, for both players', () => {
    // Means 1.25 of the real and 0 of the fake scores.
    const critic = mean([softplus(-2), softplus(-0.5)]) + mean([softplus(-2.25), softplus(-0.25)]);
    const generator = mean([softplus(2.25), softplus(0.25)]) + mean([softplus(2), softplus(0.5)]);
    const loss = relativisticAverage();
    expect(judgedCritic(loss)).toBeCloseTo(critic, 5);
    expect(generatorLoss(loss, real!, fake!)).toBeCloseTo(generator, 5);
    // Hinge: (0 + 0.5) / 2 + (0 + 0.75) / 2, and (3.25 + 1.25) / 2 + (3 + 1.5) / 2.
    expect(judgedCritic(relativisticAverage(hinge()))).toBeCloseTo(0.625, 5);
    expect(generatorLoss(relativisticAverage(hinge()), real!, fake!)).toBeCloseTo(4.5, 5);
    // Half of (1^2 + 0.5^2) / 2 + (1.25^2 + 0.75^2) / 2.
    const squares = relativisticAverage(leastSquares({ real: 1, fake: -1 }));
    expect(judgedCritic(squares)).toBeCloseTo((0.625 + 1.0625) / 2, 5);
  });

  it('has its accuracies relative to the other side', () => {
    const found = compute({ real: scores(2, -0.5), fake: scores(-1, 1) }, (at) => ({
      ...relativisticAverage().gauges(at as never),
    })) as unknown as Record<string, Value>;
    expect(Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, data[0]]))).toEqual({
      realScore: 0.75,
      fakeScore: 0,
      realAccuracy: 0.5,
      fakeAccuracy: 0.5,
    });
  });
});

describe('the relativistic loss of pairs', () => {
  it('is that of the paper, for both players', () => {
    // Differences 3 and -0.5.
    expect(judgedCritic(relativisticPaired())).toBeCloseTo(mean([softplus(-3), softplus(0.5)]), 5);
    expect(generatorLoss(relativisticPaired(), real!, fake!)).toBeCloseTo(
      mean([softplus(3), softplus(-0.5)]),
      5,
    );
    expect(judgedCritic(relativisticPaired(hinge()))).toBeCloseTo(0.75, 5);
  });

  it('refuses sides of other sizes', () => {
    expect(() => judged(relativisticPaired(), scores(1), scores(1, 2))).toThrow(
      'relativisticPaired: expected as many real as fake examples, got 1 and 2',
    );
  });
});

const judgedCritic = (loss: AdversarialLoss) =>
  compute({ real: scores(...real!), fake: scores(...fake!) }, (at) => ({
    loss: loss.critic(at.real as never, at.fake as never),
  })).loss.data[0]!;

describe.each(bothNames)('on %s', (name) => {
  it.each([
    relativisticAverage(),
    relativisticAverage(hinge()),
    relativisticPaired(),
    relativisticPaired(leastSquares({ fake: -1 })),
  ])('$name moves both scores as central differences say', (loss) => {
    const swapped: AdversarialLoss = { ...loss, generator: (onFake) => loss.critic(onFake, onFake) };
    const at = (a: readonly number[], b: readonly number[]) =>
      judged(swapped, scores(...a), scores(...b), both[name]);
    const { byReal, byFake } = at(real!, fake!);
    const expected = [
      ...slopes((a) => at(a, fake!).critic, real!),
      ...slopes((b) => at(real!, b).critic, fake!),
    ];
    for (const [i, slope] of [...byReal, ...byFake].entries()) expect(slope).toBeCloseTo(expected[i]!, 3);
  });

  it('gives the generator the real examples of its step', () => {
    const system = gan({
      critic: dense(1),
      generator: dense(2),
      latent: 1,
      loss: relativisticPaired(),
      optimizers: { critic: sgd({ rate: 0 }), generator: sgd({ rate: 0 }) },
    });
    const trainer = train(system, both[name], { seed: 1 });
    const batch = { examples: noise('real', [4, 2]) };
    const { values } = trainer.step({ index: 0, player: 'generator', batch }) as StepEvent;
    const critic = trainer.step({ index: 1, player: 'critic', batch }) as StepEvent;
    expect(values.realScore).toBeCloseTo(critic.values.realScore!, 5);
    expect(values.fakeAccuracy).toBe(values.realAccuracy);
    trainer.close();
  });
});

describe('a system whose generator has no real scores refuses it', () => {
  const loss = relativisticAverage();
  const optimizers = { critic: sgd({ rate: 1 }), generator: sgd({ rate: 1 }), encoder: sgd({ rate: 1 }) };
  const nets = { critic: dense(1), generator: dense(2), encoder: dense(2), latent: 2, loss, optimizers };
  const refusal = (system: string) =>
    `${system}: loss: expected a loss of single scores, got relativistic average non-saturating`;

  it.each([
    ['bigan', () => bigan(nets)],
    ['mrgan', () => mrgan(nets)],
    ['vae-gan', () => vaeGan(nets)],
    [
      'cycle-gan',
      () => {
        const side = { generator: dense(2), critic: dense(1) };
        const sources = { part: 'other', shape: [2], draw: () => noise('x', [1, 2]) };
        const players = { generators: sgd({ rate: 1 }), critics: sgd({ rate: 1 }) };
        return cycleGan({ sources, source: side, target: side, optimizers: players, loss });
      },
    ],
    ['matchingAware', () => matchingAware(loss)],
  ])('%s', (system, make) => {
    expect(make).toThrow(refusal(system));
  });

  it('and one that is relativistic already', () => {
    expect(() => relativisticPaired(relativisticAverage(nonSaturating()))).toThrow(
      'relativistic paired: loss: expected one of single scores, got relativistic average non-saturating',
    );
    expect(() => loss.encoder(undefined as never)).toThrow('encoder: expected a loss of single scores');
    expect(() => loss.generator(undefined as never)).toThrow('expected scores of real examples, got none');
  });
});
