import type { System } from '../../../src/models/index.ts';
import {
  acGan,
  attentionGamma,
  augmentCondition,
  batchNorm,
  byLabel,
  concatCondition,
  conditionalBatchNorm,
  convCritic,
  convGenerator,
  criticOnly,
  diffAugment,
  drift,
  embeddedNoise,
  fDivergence,
  featureMatching,
  type GanOptions,
  gan,
  gradientPenalty,
  hinge,
  historicalAveraging,
  layerNorm,
  lazily,
  leastSquares,
  minibatchDeviation,
  minibatchDiscrimination,
  minimax,
  mlpCritic,
  mlpGenerator,
  nonSaturating,
  normClipping,
  pearson,
  projection,
  r1Penalty,
  r2Penalty,
  relativisticAverage,
  relativisticPaired,
  reverseKullbackLeibler,
  selfAttention,
  sequential,
  sgd,
  spectralNorm,
  spectralNorms,
  tanh,
  tapped,
  uniform,
  unrolled,
  virtualBatch,
  virtualBatchNorm,
  warmedUp,
  wasserstein,
  weightDecay,
  wgan,
  wganGp,
  zeroCentredPenalty,
} from '../../../src/models/index.ts';

/** A small system for points, with something in another's place. */
const points = (options: Partial<GanOptions>): System =>
  gan({
    critic: mlpCritic({ width: 6, depth: 2, activation: tanh }),
    generator: mlpGenerator({ width: 6, depth: 2, outputs: 2, activation: tanh }),
    latent: 3,
    loss: nonSaturating(),
    optimizers: { critic: sgd({ rate: 0.05 }), generator: sgd({ rate: 0.05 }) },
    ...options,
  });

/** One for images of 16 pixels. */
const images = (options: Partial<GanOptions>): System =>
  points({
    critic: convCritic({ size: 16, channels: 1, filters: 4 }),
    generator: convGenerator({ size: 16, channels: 1, filters: 4 }),
    ...options,
  });

const critic = (options: Parameters<typeof mlpCritic>[0]) =>
  mlpCritic({ width: 6, depth: 2, activation: tanh, ...options });
const generator = (options: Partial<Parameters<typeof mlpGenerator>[0]>) =>
  mlpGenerator({ width: 6, depth: 2, outputs: 2, activation: tanh, ...options });
const nets = {
  critic: critic({}),
  generator: generator({}),
  latent: 3,
  optimizers: { critic: sgd({ rate: 0.05 }), generator: sgd({ rate: 0.05 }) },
};

/** Every technique in at least one system of points. */
export const onPoints: Readonly<Record<string, System>> = {
  minimax: points({ loss: minimax() }),
  smoothing: points({ loss: nonSaturating({ smoothing: 0.1 }), latent: uniform(3) }),
  'least squares': points({ loss: leastSquares() }),
  hinge: points({ loss: hinge(), average: 0.9 }),
  wgan: wgan({ ...nets, clip: 0.3 }),
  'wgan-gp': wganGp({ ...nets, critic: critic({ normalisation: layerNorm }) }),
  'reverse kl': points({ loss: fDivergence(reverseKullbackLeibler) }),
  'pearson with a penalty': points({
    loss: fDivergence(pearson, { practical: true }),
    penalties: [gradientPenalty(1), drift()],
  }),
  'relativistic, R1 and R2': points({
    loss: relativisticPaired(),
    penalties: [r1Penalty(0.1), r2Penalty(0.1)],
  }),
  'relativistic average of hinge, lazy R1': points({
    loss: relativisticAverage(hinge()),
    penalties: [lazily(r1Penalty(0.1), 2)],
    average: warmedUp(0.9),
  }),
  'zero-centred penalty': points({ penalties: [zeroCentredPenalty(0.1)] }),
  'feature matching in L1': points({
    loss: criticOnly(nonSaturating()),
    terms: [featureMatching(1, { metric: 'l1' })],
  }),
  'feature matching': points({ loss: criticOnly(nonSaturating()), terms: [featureMatching()] }),
  'minibatch discrimination': points({ critic: critic({ last: [minibatchDiscrimination()] }) }),
  'minibatch deviation': points({ critic: critic({ last: [minibatchDeviation(4)] }) }),
  'historical averaging': points({
    optimizers: {
      critic: historicalAveraging(sgd({ rate: 0.05 }), 0.1),
      generator: historicalAveraging(sgd({ rate: 0.05, momentum: 0.5 }), 0.1),
    },
  }),
  'virtual batch norm': points({
    generator: virtualBatch(4, generator({ normalisation: () => virtualBatchNorm(4) })),
  }),
  'spectral norm everywhere': points({
    critic: critic({ constraint: spectralNorm }),
    generator: generator({ constraint: spectralNorm, normalisation: batchNorm }),
    loss: hinge(),
    gauges: [spectralNorms()],
  }),
  'spectral norm with a penalty': points({
    critic: critic({ constraint: spectralNorm }),
    loss: wasserstein(),
    penalties: [gradientPenalty(0.1)],
  }),
  packing: points({ packing: 2, penalties: [gradientPenalty(0.1)] }),
  unrolled: points({
    loss: criticOnly(nonSaturating()),
    terms: [unrolled({ loss: nonSaturating(), steps: 2, rate: 0.1 })],
  }),
  'other constraints': points({
    optimizers: {
      critic: normClipping(sgd({ rate: 0.05 }), 1),
      generator: weightDecay(sgd({ rate: 0.05 }), { l1: 0.01, l2: 0.1 }),
    },
  }),
  conditional: points({
    conditioning: byLabel(3),
    critic: critic({ first: [concatCondition(3)] }),
    generator: generator({ first: [concatCondition(3)] }),
  }),
  'projection and conditional batch norm': points({
    conditioning: byLabel(3),
    critic: critic({ head: projection(3), constraint: spectralNorm }),
    generator: generator({ normalisation: () => conditionalBatchNorm(3) }),
    loss: hinge(),
  }),
  'conditioning augmentation': points({
    conditioning: byLabel(3),
    critic: critic({ first: [concatCondition(3)] }),
    generator: sequential([augmentCondition(3, 2), generator({})]),
    terms: [tapped('kl', 0.5)],
  }),
  'ac-gan': acGan({ ...nets, classes: 3, generator: sequential([embeddedNoise(3), generator({})]) }),
};

/** And in systems of images. */
export const onImages: Readonly<Record<string, System>> = {
  augmented: images({
    augmentations: diffAugment(['color', 'translation', 'cutout', 'flip']),
    penalties: [r1Penalty(0.1)],
  }),
  'augmented packs': images({
    critic: convCritic({ size: 16, channels: 2, filters: 4 }),
    packing: 2,
    augmentations: diffAugment(),
    loss: relativisticAverage(),
    terms: [featureMatching(0.1)],
  }),
  dcgan: images({ critic: convCritic({ size: 16, channels: 1, filters: 4, normalisation: batchNorm }) }),
  sagan: images({
    critic: convCritic({
      size: 16,
      channels: 1,
      filters: 8,
      normalisation: undefined,
      constraint: spectralNorm,
      between: { 8: () => spectralNorm(selfAttention()) },
      head: projection(3),
    }),
    generator: convGenerator({
      size: 16,
      channels: 1,
      filters: 8,
      normalisation: () => conditionalBatchNorm(3),
      constraint: spectralNorm,
      between: { 8: () => spectralNorm(selfAttention()) },
    }),
    conditioning: byLabel(3),
    loss: hinge(),
    gauges: [attentionGamma(), spectralNorms()],
  }),
  'packed pairs with everything': images({
    critic: convCritic({ size: 16, channels: 2, filters: 4, last: [minibatchDeviation()] }),
    packing: 2,
    penalties: [drift(0.1)],
    terms: [featureMatching(0.1)],
  }),
};
