import { describe, expect, it } from 'vitest';
import { recipes } from '../../src/recipes/index.ts';
import { firstSteps, tiny } from './first-step.ts';
import { coveredElsewhere } from './option-effects.ts';

type Values = Readonly<Record<string, number>>;
type Loss = (values: Values) => number;

const softplus = (x: number) => Math.log1p(Math.exp(x));

// By a batch of one example the mean scores that an event tells are the scores themselves, so a
// loss follows from them.
const crossEntropy: Loss = ({ realScore: r, fakeScore: f }) => softplus(-r!) + softplus(f!);
const nonSaturating: Loss = ({ fakeScore: f }) => softplus(-f!);
const first = { critic: crossEntropy, generator: nonSaturating };
const hinge = {
  critic: ({ realScore: r, fakeScore: f }: Values) => Math.max(0, 1 - r!) + Math.max(0, 1 + f!),
  generator: ({ fakeScore: f }: Values) => -f!,
};
const wasserstein = {
  critic: ({ realScore: r, fakeScore: f }: Values) => f! - r!,
  generator: ({ fakeScore: f }: Values) => -f!,
};
const and =
  (loss: Loss, weight: number, of: string): Loss =>
  (values) =>
    loss(values) + weight * values[of]!;
/**
 * Pairs (x, E(x)) are real, pairs (G(z), z) are fake; the other side wants the opposite of both.
 */
const pairs = {
  critic: crossEntropy,
  generator: ({ realScore: r, fakeScore: f }: Values) => softplus(r!) + softplus(-f!),
};
const matching: Loss = ({ featureDistance }) => featureDistance!;

/** The losses of each recipe by the equations of its paper, with the fallbacks of its options. */
const losses: Readonly<Record<string, Readonly<Record<string, Loss>>>> = {
  'wgan-gp': { ...wasserstein, critic: and(wasserstein.critic, 0.1, 'penalty') },
  wgan: wasserstein,
  gan: first,
  'gan-minimax': { ...first, generator: ({ fakeScore: f }) => -softplus(f!) },
  lsgan: {
    critic: ({ realScore: r, fakeScore: f }) => ((r! - 1) ** 2 + f! ** 2) / 2,
    generator: ({ fakeScore: f }) => (f! - 1) ** 2 / 2,
  },
  'hinge-gan': hinge,
  // Of one example the mean of the other side is its score.
  'relativistic-gan': {
    critic: ({ realScore: r, fakeScore: f }) => 2 * softplus(f! - r!),
    generator: ({ realScore: r, fakeScore: f }) => 2 * softplus(r! - f!),
  },
  r3gan: {
    critic: ({ realScore: r, fakeScore: f, r1Penalty, r2Penalty }) =>
      softplus(f! - r!) + (r1Penalty! + r2Penalty!) / 2,
    generator: ({ realScore: r, fakeScore: f }) => softplus(r! - f!),
  },
  ttur: hinge,
  // Jensen-Shannon, its generator in the practical form.
  'f-gan': {
    critic: (values) => crossEntropy(values) - 2 * Math.LN2,
    generator: (values) => nonSaturating(values) - Math.LN2,
  },
  'label-smoothing': {
    ...first,
    critic: ({ realScore: r, fakeScore: f }) => 0.9 * softplus(-r!) + 0.1 * softplus(r!) + softplus(f!),
  },
  'feature-matching': { ...first, generator: matching },
  'minibatch-discrimination': first,
  'minibatch-deviation': first,
  pacgan: first,
  'historical-averaging': first,
  'virtual-batch-norm': first,
  'unrolled-gan': { critic: crossEntropy },
  dcgan: first,
  'sn-gan': hinge,
  sagan: hinge,
  // The critic of a level is shown l + h.
  lapgan: {
    'critic@8': crossEntropy,
    'generator@8': nonSaturating,
    'critic@16': crossEntropy,
    'generator@16': nonSaturating,
  },
  'progressive-gan': {
    'critic@4': and(wasserstein.critic, 10, 'penalty'),
    'generator@4': wasserstein.generator,
  },
  cgan: first,
  'ac-gan': {
    critic: and(crossEntropy, 1, 'classLoss'),
    generator: and(nonSaturating, 1, 'classLoss'),
  },
  'projection-gan': hinge,
  bigan: pairs,
  ali: pairs,
  // What the critic thinks of reconstructions is added below, where its weight is not 0.
  mrgan: {
    critic: crossEntropy,
    generator: (values) => nonSaturating(values) + 0.2 * values.reconstruction! ** 2,
  },
  vae: { coder: ({ kl, reconstruction }) => kl! + reconstruction! ** 2 / (2 * 0.05 ** 2) },
  'vae-gan': {
    critic: crossEntropy,
    generator: and(nonSaturating, 0.01, 'featureDistance'),
    encoder: ({ kl, featureDistance }) => kl! + featureDistance!,
  },
  'info-gan': {
    critic: and(crossEntropy, -1, 'mutualInformation'),
    generator: and(nonSaturating, -1, 'mutualInformation'),
  },
  'semi-supervised': {
    critic: ({ classLoss, realProbability: r, fakeProbability: f }) =>
      classLoss! - (Math.log(r!) + Math.log(1 - f!)) / 2,
    generator: matching,
  },
  // One caption alone has no other to be told from, and no wrong one.
  'text-gan': { reader: () => 0, ...first },
  'stack-gan': {
    reader: () => 0,
    'critic@1': crossEntropy,
    'generator@1': and(nonSaturating, 0.02, 'kl'),
    'critic@2': crossEntropy,
    'generator@2': and(nonSaturating, 0.02, 'kl'),
  },
};

const set: Readonly<Record<string, Readonly<Record<string, number | string>>>> = {
  mrgan: { mode: 0 },
  // The drift is not of the mean score alone.
  'progressive-gan': { drift: 0 },
  'text-gan': { reader: 'bag-of-words' },
  'stack-gan': { reader: 'bag-of-words' },
};
// A loss of hundreds; two fake examples whose mean score stands for both.
const digits: Readonly<Record<string, number>> = { vae: 1, 'vae-gan': 2 };
/** Examples that the critic sees together. */
const sizes: Readonly<Record<string, number>> = { pacgan: 2, 'progressive-gan': 4 };
const gans = recipes
  .filter(({ kind, name }) => kind === 'gan' && !coveredElsewhere.has(name))
  .map(({ name }) => name);

it('knows the losses of every recipe for a GAN', () => {
  expect(Object.keys(losses)).toEqual(gans);
});

const imagesOnly = ['dcgan', 'sagan', 'lapgan', 'progressive-gan', 'text-gan', 'stack-gan'];

describe.each(gans)('%s', (name) => {
  const kind = imagesOnly.includes(name) ? 'images' : 'points';
  it.each(Object.keys(losses[name]!))('begins with the loss of its paper for the %s', async (player) => {
    const made = tiny(name, set[name], kind);
    for (const seed of [1, 2]) {
      const { values } = await firstSteps(made, player, { size: sizes[name] ?? 1, seed });
      const expected = losses[name]![player]!(values);
      expect(values.loss).toBeCloseTo(expected, digits[name] ?? 4);
    }
  });
});

describe('the weights that the fallbacks of options leave open', () => {
  it('what the critic of mrgan thinks of reconstructions is a straight share of the loss', async () => {
    const loss = async (mode: number) =>
      (await firstSteps(tiny('mrgan', { mode }), 'generator')).values.loss!;
    const [none, some, more] = [await loss(0), await loss(0.4), await loss(0.8)];
    expect(some - none).toBeGreaterThan(0.1);
    expect(more - some).toBeCloseTo(some - none, 4);
    expect((await firstSteps(tiny('mrgan'), 'generator')).values.loss).toBe(some);
  });

  it('a generator that foresees nothing minimises the value of the game', async () => {
    const still = tiny('unrolled-gan', { steps: 1, 'foreseen-rate': 1e-9 });
    const { values } = await firstSteps(still, 'critic');
    expect((await firstSteps(still, 'generator')).values.loss).toBeCloseTo(-crossEntropy(values), 5);
    const foreseen = (await firstSteps(tiny('unrolled-gan'), 'generator')).values.loss!;
    // Five steps of the critic make its loss smaller, and the value of the game larger.
    expect(foreseen).toBeGreaterThan(-crossEntropy(values) + 1e-3);
  });

  it('the slopes that wgan-gp punishes are those above 1 alone where it is one-sided', async () => {
    const two = (await firstSteps(tiny('wgan-gp', { penalty: 3 }), 'critic')).values;
    const one = (await firstSteps(tiny('wgan-gp', { penalty: 3, sided: 'one' }), 'critic')).values;
    const slope = two.gradientNorm!;
    expect(slope).toBeLessThan(1);
    expect(two.loss! - wasserstein.critic(two)).toBeCloseTo(3 * (slope - 1) ** 2, 4);
    expect(one.loss).toBeCloseTo(wasserstein.critic(one), 5);
  });
});

/** g_f and f*(g_f), by table 6 and table 2 of the paper, with the score as their argument. */
const divergences: Readonly<Record<string, readonly [(v: number) => number, (t: number) => number]>> = {
  kl: [(v) => v, (t) => Math.exp(t - 1)],
  'reverse-kl': [(v) => -Math.exp(-v), (t) => -1 - Math.log(-t)],
  pearson: [(v) => v, (t) => t ** 2 / 4 + t],
  neyman: [(v) => 1 - Math.exp(-v), (t) => 2 - 2 * Math.sqrt(1 - t)],
  'squared-hellinger': [(v) => 1 - Math.exp(-v), (t) => t / (1 - t)],
  'jensen-shannon': [(v) => Math.LN2 - Math.log(1 + Math.exp(-v)), (t) => -Math.log(2 - Math.exp(t))],
  gan: [(v) => -Math.log(1 + Math.exp(-v)), (t) => -Math.log(1 - Math.exp(t))],
  'total-variation': [(v) => Math.tanh(v) / 2, (t) => t],
};

describe('f-gan', () => {
  it('has all divergences of the table', () => {
    expect(findDivergences()).toEqual(Object.keys(divergences));
  });

  it.each(Object.keys(divergences))('plays the game of %s, practical or not', async (divergence) => {
    const [activation, conjugate] = divergences[divergence]!;
    const { values } = await firstSteps(tiny('f-gan', { divergence }), 'critic');
    const { realScore: r, fakeScore: f } = values;
    expect(values.loss).toBeCloseTo(conjugate(activation(f!)) - activation(r!), 4);
    const of = async (practical: string) =>
      (await firstSteps(tiny('f-gan', { divergence, practical }), 'generator')).values.loss;
    expect(await of('yes')).toBeCloseTo(-activation(f!), 4);
    expect(await of('no')).toBeCloseTo(-conjugate(activation(f!)), 4);
  });
});

function findDivergences(): readonly string[] {
  const { rule } = recipes.find(({ name }) => name === 'f-gan')!.options.divergence!;
  return rule.type === 'choice' ? rule.choices : [];
}
