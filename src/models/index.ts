export { NonFiniteLossError, NonFiniteStateError } from './errors.ts';
export {
  type AdversarialLoss,
  beliefs,
  type CriticScores,
  criticOnly,
  judgements,
  meanScores,
} from './losses/adversarial-loss.ts';
export { classAccuracy, classification, crossEntropy } from './losses/classification.ts';
export { clippedShare, clipWeights } from './losses/clip-weights.ts';
export { attentionGamma, spectralNorms } from './losses/critic-gauges.ts';
export { diversity } from './losses/diversity.ts';
export { drift } from './losses/drift.ts';
export {
  type Divergence,
  type FDivergenceOptions,
  fDivergence,
  goodfellow,
  jensenShannon,
  kullbackLeibler,
  neyman,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariation,
} from './losses/f-divergence.ts';
export { featureMatching, tapOf } from './losses/feature-matching.ts';
export { type GradientPenaltyOptions, gradientPenalty } from './losses/gradient-penalty.ts';
export { hinge } from './losses/hinge.ts';
export { realLogit, unsupervisedLoss } from './losses/k-plus-one.ts';
export { type LeastSquaresOptions, leastSquares } from './losses/least-squares.ts';
export { minimax } from './losses/minimax.ts';
export { type MutualInformationOptions, mutualInformation } from './losses/mutual-information.ts';
export { type LogisticOptions, nonSaturating } from './losses/non-saturating.ts';
export { drawCode, klToNormal, type Posterior, posteriorOf } from './losses/posterior.ts';
export { reconstructionLoss, squaredDistances } from './losses/reconstruction.ts';
export { interpolateExamples, type Sided, type SlopePenalty, slopePenalty } from './losses/slope-penalty.ts';
export { tapped } from './losses/tapped.ts';
export { type UnrolledOptions, unrolled } from './losses/unrolled.ts';
export { wasserstein, wassersteinEstimate, wassersteinGeneratorLoss } from './losses/wasserstein.ts';
export {
  type ConvCriticOptions,
  type ConvGeneratorOptions,
  type ConvNetworkOptions,
  convCritic,
  convGenerator,
} from './networks/conv.ts';
export { type MlpOptions, mlpCritic, mlpGenerator } from './networks/mlp.ts';
export { elu, leakyRelu, relu, sigmoid, softplus, tanh } from './nn/activations.ts';
export { type AdamOptions, adam } from './nn/adam.ts';
export { augmentCondition, normalDivergence } from './nn/augment-condition.ts';
export { type BatchNormOptions, batchNorm } from './nn/batch-norm.ts';
export { clipGradients } from './nn/clip-gradients.ts';
export { clipping } from './nn/clipping.ts';
export { concatCondition } from './nn/concat-condition.ts';
export { conditionalBatchNorm } from './nn/conditional-batch-norm.ts';
export { type ConvOptions, conv2d } from './nn/conv2d.ts';
export { conv2dTranspose } from './nn/conv2d-transpose.ts';
export { type DenseOptions, dense } from './nn/dense.ts';
export { embeddedNoise } from './nn/embedded-noise.ts';
export { historicalAveraging } from './nn/historical-averaging.ts';
export {
  type Fan,
  fanInUniform,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  normal,
  ones,
  orthogonal,
  zeros,
} from './nn/initializer.ts';
export type { Applied, Initial, InputSpec, Layer, Parameters } from './nn/layer.ts';
export { layerNorm } from './nn/layer-norm.ts';
export { minibatchDeviation } from './nn/minibatch-deviation.ts';
export {
  type MinibatchDiscriminationOptions,
  minibatchDiscrimination,
} from './nn/minibatch-discrimination.ts';
export { movingAverage } from './nn/moving-average.ts';
export { normClipping } from './nn/norm-clipping.ts';
export type { Optimizer, Rate, Update } from './nn/optimizer.ts';
export { pack } from './nn/packing.ts';
export { projection } from './nn/projection.ts';
export { linearDecay, rateAt } from './nn/rate.ts';
export { flatten, reshape } from './nn/reshape.ts';
export { type RmspropOptions, rmsprop } from './nn/rmsprop.ts';
export { type SelfAttentionOptions, selfAttention } from './nn/self-attention.ts';
export { sequential } from './nn/sequential.ts';
export { type SgdOptions, sgd } from './nn/sgd.ts';
export { spectralNorm } from './nn/spectral-norm.ts';
export { stopGradient } from './nn/stop-gradient.ts';
export { tap } from './nn/tap.ts';
export { virtualBatch, virtualBatchNorm } from './nn/virtual-batch-norm.ts';
export { type WeightDecayOptions, weightDecay } from './nn/weight-decay.ts';
export { requireFinite } from './require-finite.ts';
export { requireOwnState } from './require-own-state.ts';
export { slowed } from './slowed.ts';
export type { Batch, System } from './system.ts';
export { type AcGanOptions, acGan } from './systems/ac-gan.ts';
export { ali, type BiganOptions, bigan } from './systems/bigan.ts';
export type { CodeKind, Coder } from './systems/coder.ts';
export { type Codes, type CodesOptions, codes } from './systems/codes.ts';
export { byLabel, type Conditioning, oneHot } from './systems/conditioning.ts';
export { type Game, game, type LossOutput, type Member, type PlayerRule } from './systems/game.ts';
export { type Adversaries, type Adversary, type GanOptions, gan, type Head } from './systems/gan.ts';
export { type InfoGanOptions, infoGan } from './systems/info-gan.ts';
export { gaussian, type Latent, uniform } from './systems/latent.ts';
export { type MrganOptions, mrgan } from './systems/mrgan.ts';
export { type LayerOutput, type Network, network } from './systems/network.ts';
export {
  type SemiSupervised,
  type SemiSupervisedOptions,
  semiSupervised,
} from './systems/semi-supervised.ts';
export type { CriticTerm, GeneratorTerm, Setting, Term, TermContext } from './systems/term.ts';
export { type VaeOptions, vae } from './systems/vae.ts';
export { type VaeGanOptions, type VaeGanPlayer, vaeGan } from './systems/vae-gan.ts';
export { type WganOptions, wgan } from './systems/wgan.ts';
export { type WganGpOptions, wganGp } from './systems/wgan-gp.ts';
export { type LoadedState, type Saved, Trainer, train } from './trainer.ts';
