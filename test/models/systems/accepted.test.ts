import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  acGan,
  ali,
  attentionGamma,
  augmentCondition,
  batchNorm,
  bigan,
  byLabel,
  classification,
  codes,
  concatCondition,
  conditionalBatchNorm,
  criticOnly,
  dense,
  drift,
  embeddedNoise,
  fDivergence,
  featureMatching,
  gan,
  gradientPenalty,
  hinge,
  infoGan,
  kullbackLeibler,
  layerNorm,
  leastSquares,
  minibatchDeviation,
  minibatchDiscrimination,
  minimax,
  mlpCritic,
  mlpGenerator,
  mrgan,
  mutualInformation,
  nonSaturating,
  projection,
  type System,
  semiSupervised,
  sequential,
  sgd,
  spectralNorm,
  spectralNorms,
  tapped,
  train,
  uniform,
  unrolled,
  vae,
  vaeGan,
  virtualBatch,
  virtualBatchNorm,
  wasserstein,
  wgan,
  wganGp,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { engines, noise } from '../support.ts';

const size = { width: 4, depth: 1 };
const critic = (options = {}) => mlpCritic({ ...size, ...options });
const generator = (options = {}) => mlpGenerator({ ...size, outputs: 2, ...options });
const labels = new Value(
  'int32',
  [12],
  Int32Array.from({ length: 12 }, (_, i) => i % 3),
);
const batch = { examples: noise('points', [12, 2]), labels };
const optimizer = sgd({ rate: 0.01 });
const nets = {
  critic: critic(),
  generator: generator(),
  latent: 3,
  loss: nonSaturating(),
  optimizers: { critic: optimizer, generator: optimizer, encoder: optimizer },
};
const codeOf = (outputs: number) => mlpGenerator({ ...size, outputs });
const paired = critic({ first: [concatCondition(3)] });

/** Every system with options that fit, and more put over them. */
const systems: Readonly<Record<string, (more: object) => System>> = {
  gan: (more) => gan({ ...nets, ...more }),
  wgan: (more) => wgan({ ...nets, ...more }),
  'wgan-gp': (more) => wganGp({ ...nets, ...more }),
  'ac-gan': (more) =>
    acGan({ ...nets, generator: generator({ first: [concatCondition(3)] }), classes: 3, ...more }),
  'info-gan': (more) =>
    infoGan({ ...nets, codes: codes({ noise: 1, categories: 2, continuous: 1 }), ...more }),
  bigan: (more) => bigan({ ...nets, critic: paired, encoder: codeOf(3), ...more }),
  ali: (more) => ali({ ...nets, critic: paired, encoder: codeOf(6), ...more }),
  mrgan: (more) => mrgan({ ...nets, encoder: codeOf(3), ...more }),
  vae: (more) => vae({ ...nets, optimizer, encoder: codeOf(6), ...more }),
  'vae-gan': (more) => vaeGan({ ...nets, encoder: codeOf(6), ...more }),
  'semi-supervised': (more) =>
    semiSupervised({ ...nets, critic: critic({ head: dense(3) }), labelled: batch, ...more }),
};

const conditioned = { conditioning: byLabel(3), generator: generator({ first: [concatCondition(3)] }) };
const hearing = (options: object) => ({ ...conditioned, critic: critic(options) });

/** Options that a user may think of, those that do not fit among them. */
const options: Readonly<Record<string, object>> = {
  'nothing more': {},
  ...Object.fromEntries(
    [minimax(), hinge(), wasserstein(), leastSquares(), fDivergence(kullbackLeibler)].map((loss) => [
      loss.name,
      { loss },
    ]),
  ),
  'a loss for the critic alone': { loss: criticOnly(hinge()) },
  packing: { packing: 2 },
  'packing of three': { packing: 3 },
  'uniform noise': { latent: uniform(3) },
  'noise of another size': { latent: 5 },
  'a moving average': { average: 0.9 },
  'noise on examples': { blur: 0.1 },
  'a conditioning that no network hears': { conditioning: byLabel(3) },
  'a conditioning that both hear': hearing({ first: [concatCondition(3)] }),
  'a conditioning of another size': { ...hearing({ first: [concatCondition(3)] }), conditioning: byLabel(4) },
  'a projection': hearing({ head: projection(3) }),
  'a projection of packs': { ...hearing({ head: projection(6) }), packing: 2 },
  'a projection, packed, of single examples': { ...hearing({ head: projection(3) }), packing: 2 },
  'a critic that hears': { critic: critic({ first: [concatCondition(3)] }) },
  'a critic that hears another size': { critic: critic({ first: [concatCondition(2)] }) },
  'a generator that hears': { generator: generator({ first: [concatCondition(3)] }) },
  'a generator with embedded noise': {
    generator: sequential([embeddedNoise(3), generator()]),
    conditioning: byLabel(3),
  },
  'embedded noise of another size': { generator: sequential([embeddedNoise(4), generator()]) },
  'conditional batch normalisation': {
    generator: generator({ normalisation: () => conditionalBatchNorm(3) }),
  },
  'conditioning augmentation': { generator: sequential([augmentCondition(3, 2), generator()]) },
  'virtual batch normalisation': {
    generator: virtualBatch(4, generator({ normalisation: () => virtualBatchNorm(4) })),
  },
  'virtual batch normalisation with a condition': {
    generator: virtualBatch(4, generator({ first: [concatCondition(3)] })),
    conditioning: byLabel(3),
  },
  'a critic with layer normalisation': { critic: critic({ normalisation: layerNorm }) },
  'a critic with batch normalisation': { critic: critic({ normalisation: batchNorm }) },
  'a critic with spectral norms': {
    critic: critic({ constraint: spectralNorm }),
    gauges: [spectralNorms()],
  },
  'a critic with minibatch discrimination': { critic: critic({ last: [minibatchDiscrimination()] }) },
  'a critic with minibatch deviation': { critic: critic({ last: [minibatchDeviation(3)] }) },
  'a critic without features': { critic: dense(1), encoder: dense(3), generator: dense(2) },
  'a gradient penalty': { penalties: [gradientPenalty(), drift()] },
  'a gradient penalty, packed': { penalties: [gradientPenalty()], packing: 2 },
  'norms of a critic that has none': { gauges: [spectralNorms()] },
  'attention of a critic that has none': { gauges: [attentionGamma()] },
  'a tap that nothing shows': { terms: [tapped('kl', 1)] },
  'feature matching': { loss: criticOnly(hinge()), terms: [featureMatching()] },
  'feature matching, packed': { terms: [featureMatching()], packing: 2 },
  'feature matching without features': { critic: dense(1), terms: [featureMatching()] },
  unrolling: { terms: [unrolled({ loss: hinge(), rate: 0.1, steps: 1 })] },
  'classification without a head': { penalties: [classification()], conditioning: byLabel(3) },
  'classification without classes': {
    penalties: [classification()],
    heads: { classifier: { layer: dense(3) } },
  },
  'classification of other classes': {
    ...conditioned,
    penalties: [classification()],
    heads: { classifier: { layer: dense(2) } },
  },
  'information of codes that nothing guesses': {
    terms: [mutualInformation(codes({ noise: 1, categories: 2 }))],
  },
  'a guess of too few codes': { guess: dense(2) },
  'a head that no term uses': { heads: { idle: { layer: dense(2) } } },
};

/** Why a system cannot be made, or undefined where every player has had a step. */
function tried(make: () => System): Error | undefined {
  let system: System;
  try {
    system = make();
  } catch (error) {
    return error as Error;
  }
  const trainer = train(system, engines.wasm, { seed: 1 });
  try {
    for (const player of system.players) {
      const { values } = trainer.step({ index: trainer.index, player, batch }) as StepEvent;
      for (const [name, value] of Object.entries(values)) expect(value, name).toSatisfy(Number.isFinite);
    }
  } finally {
    trainer.close();
  }
  return undefined;
}

describe.each(Object.keys(systems))('what %s accepts, it trains with:', (name) => {
  it.each(Object.keys(options))('%s', (option) => {
    const refused = tried(() => systems[name]!(options[option]!));
    if (refused === undefined) return;
    expect([RangeError, TypeError]).toContain(refused.constructor);
    expect(refused.message).toMatch(/^\S.*: expected .*, got /);
  });

  it('its own options', () => {
    expect(tried(() => systems[name]!({}))).toBeUndefined();
  });
});

it.each([
  [
    'ac-gan',
    { packing: 2 },
    'classification: packing: expected 1, since a head predicts something of each example, got 2',
  ],
  [
    'info-gan',
    { packing: 2 },
    'mutualInformation: packing: expected 1, since a head predicts something of each example, got 2',
  ],
  ['info-gan', { guess: dense(2) }, 'mutualInformation: head codes: expected [3] for an example, got [2]'],
  [
    'gan',
    { loss: criticOnly(hinge()) },
    'gan: loss: expected one for the generator too, got hinge (critic only) and no terms',
  ],
  [
    'bigan',
    { loss: criticOnly(hinge()) },
    'bigan: loss: expected one for the generator too, got hinge (critic only) and no terms',
  ],
  [
    'gan',
    options['a projection, packed, of single examples']!,
    'projection: expected conditions of [count, 3], got [count, 6]',
  ],
  [
    'gan',
    options['a generator that hears']!,
    'concatCondition: expected a condition, got none; give the system its conditioning',
  ],
] as const)('%s says by name what does not fit (%#)', (name, more, message) => {
  expect(() => systems[name]!(more)).toThrow(message);
});
