export { asTree } from './as-tree.ts';
export type { CriticAugmentation } from './augmentations/augmentation.ts';
export {
  type AugmentationName,
  augmentationNames,
  augmentColor,
  augmentCutout,
  augmentFlip,
  augmentTranslation,
  diffAugment,
} from './augmentations/diff-augment.ts';
export { NonFiniteLossError, NonFiniteStateError } from './errors.ts';
export { elu, leakyRelu, relu, sigmoid, softplus, tanh } from './layers/activations.ts';
export { augmentCondition, normalDivergence } from './layers/augment-condition.ts';
export { type BandGeneratorOptions, bandGenerator } from './layers/band-generator.ts';
export { type BatchNormOptions, batchNorm } from './layers/batch-norm.ts';
export { concatCondition } from './layers/concat-condition.ts';
export { concatEmbedding } from './layers/concat-embedding.ts';
export { conditionalBatchNorm } from './layers/conditional-batch-norm.ts';
export {
  type ConvCriticOptions,
  type ConvGeneratorOptions,
  convCritic,
  convGenerator,
  type ImageCriticOptions,
  type ImageGeneratorOptions,
  type ImageNetworkOptions,
} from './layers/conv-networks.ts';
export { type ConvOptions, conv2d } from './layers/conv2d.ts';
export { conv2dTranspose } from './layers/conv2d-transpose.ts';
export { crossFade, fadedImages } from './layers/cross-fade.ts';
export { type DenseOptions, dense } from './layers/dense.ts';
export { embeddedNoise } from './layers/embedded-noise.ts';
export { equalised } from './layers/equalised.ts';
export { groupNorm } from './layers/group-norm.ts';
export {
  type GrowingBlocks,
  type GrowingBlocksOptions,
  growingBlocks,
} from './layers/growing-networks.ts';
export { historyDraws, imageHistory } from './layers/image-history.ts';
export {
  halvingsOf,
  type ImagePlan,
  type ImagePlanOptions,
  type ImageSize,
  imagePlan,
  imageSizeRule,
  isImageSize,
} from './layers/image-plan.ts';
export { type Enlargement, type ImagePyramid, imagePyramid, rebuiltImages } from './layers/image-pyramid.ts';
export {
  type ImageNormalisation,
  type PatchCriticOptions,
  patchCritic,
  patchField,
  plainTranslator,
  residualTranslator,
  type TranslatorOptions,
  uNet,
  uNetDepth,
} from './layers/image-translators.ts';
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
  torchInitial,
  zeros,
} from './layers/initializer.ts';
export { instanceNorm } from './layers/instance-norm.ts';
export { adapted, joined } from './layers/joined.ts';
export type { Applied, Initial, InputSpec, Layer, Parameters } from './layers/layer.ts';
export { layerNorm, type NormOptions } from './layers/layer-norm.ts';
export { minibatchDeviation } from './layers/minibatch-deviation.ts';
export {
  type MinibatchDiscriminationOptions,
  minibatchDiscrimination,
} from './layers/minibatch-discrimination.ts';
export { type MlpOptions, mlpCritic, mlpGenerator } from './layers/mlp-networks.ts';
export { type LayerOutput, type Network, type NetworkCall, network } from './layers/network.ts';
export { noiseMap } from './layers/noise-map.ts';
export { pixelNorm } from './layers/pixel-norm.ts';
export {
  averagePool,
  averagePooled,
  enlarged,
  globalSumPool,
  upsample,
  upsampled,
} from './layers/pooling.ts';
export { projection } from './layers/projection.ts';
export { type RefinerOptions, refiner } from './layers/refiner.ts';
export { flatten, reshape } from './layers/reshape.ts';
export { residual } from './layers/residual.ts';
export { residualCritic, residualGenerator } from './layers/residual-networks.ts';
export { type SelfAttentionOptions, selfAttention } from './layers/self-attention.ts';
export { sequential } from './layers/sequential.ts';
export { skip } from './layers/skip.ts';
export { spectralNorm } from './layers/spectral-norm.ts';
export { stopGradient } from './layers/stop-gradient.ts';
export { tap, tapOf } from './layers/tap.ts';
export { bagOfWords, gruReader, wordCounts } from './layers/text-readers.ts';
export { unitVectors } from './layers/unit-vectors.ts';
export { virtualBatch, virtualBatchNorm } from './layers/virtual-batch-norm.ts';
export {
  type AdversarialLoss,
  beliefs,
  type CriticScores,
  criticOnly,
  halvedCritic,
  judgements,
  meanScores,
} from './losses/adversarial-loss.ts';
export { classAccuracy, crossEntropy } from './losses/cross-entropy.ts';
export { cosineDistance, meanAbsoluteError, meanSquaredError } from './losses/distances.ts';
export { diversity } from './losses/diversity.ts';
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
export { hinge } from './losses/hinge.ts';
export { realLogit, unsupervisedLoss } from './losses/k-plus-one.ts';
export { type LeastSquaresOptions, leastSquares } from './losses/least-squares.ts';
export type { LossOutput } from './losses/loss-output.ts';
export { type MatchingAwareLoss, type MatchingAwareOptions, matchingAware } from './losses/matching-aware.ts';
export { minimax } from './losses/minimax.ts';
export { type LogisticOptions, nonSaturating } from './losses/non-saturating.ts';
export { drawCode, klToNormal, type Posterior, posteriorOf } from './losses/posterior.ts';
export { type NormalsReading, normalsByAngle, normalsByClass } from './losses/reading-normals.ts';
export { reconstructionLoss, squaredDistances } from './losses/reconstruction.ts';
export { relativisticAverage, relativisticPaired } from './losses/relativistic.ts';
export {
  interpolateExamples,
  type Sided,
  type SlopePenalty,
  slopePenalty,
  squaredSlope,
} from './losses/slope-penalty.ts';
export { retrievalShare, textMatching } from './losses/text-matching.ts';
export { wasserstein, wassersteinEstimate, wassersteinGeneratorLoss } from './losses/wasserstein.ts';
export { type AdamOptions, adam } from './optimizers/adam.ts';
export { clipGradients } from './optimizers/clip-gradients.ts';
export { clippedShare, clipWeights } from './optimizers/clip-weights.ts';
export { clipping } from './optimizers/clipping.ts';
export { gradientAccumulation } from './optimizers/gradient-accumulation.ts';
export { gradientClipping } from './optimizers/gradient-clipping.ts';
export { historicalAveraging } from './optimizers/historical-averaging.ts';
export { movingAverage } from './optimizers/moving-average.ts';
export { normClipping } from './optimizers/norm-clipping.ts';
export type { Optimizer, Rate, Update } from './optimizers/optimizer.ts';
export { pack } from './optimizers/packing.ts';
export { cosineDecay, linearDecay, rateAt, stepDecay, warmUp } from './optimizers/rate.ts';
export { type RmspropOptions, rmsprop } from './optimizers/rmsprop.ts';
export { type SgdOptions, sgd } from './optimizers/sgd.ts';
export { type WeightDecayOptions, weightDecay } from './optimizers/weight-decay.ts';
export { withRateFactor } from './rate-factor.ts';
export { requireFinite } from './require-finite.ts';
export { requireOwnState } from './require-own-state.ts';
export { requireLatent, sampleInputs } from './sample-inputs.ts';
export type { Batch, NetworkProgram, NoiseInput, SampleRequest, SampleRequests, System } from './system.ts';
export { type AcGanOptions, acGan } from './systems/ac-gan.ts';
export {
  type AverageDecay,
  type Averaged,
  type AverageRule,
  type WarmedDecay,
  warmedUp,
} from './systems/averages.ts';
export { ali, type BiganOptions, bigan } from './systems/bigan.ts';
export type { CodeKind, Coder } from './systems/coder.ts';
export { type Codes, type CodesOptions, codes } from './systems/codes.ts';
export { byLabel, type Conditioning, oneHot } from './systems/conditioning.ts';
export { type CycleGanOptions, type CyclePlayer, type CycleSide, cycleGan } from './systems/cycle-gan.ts';
export { type Game, game, type PlayerRule } from './systems/game.ts';
export { type Adversaries, type GanOptions, gan, type Head } from './systems/gan.ts';
export { type GrowingOptions, type Growth, type GrowthMarks, growing } from './systems/growth.ts';
export { type InfoGanOptions, infoGan } from './systems/info-gan.ts';
export { type LapganOptions, lapgan, type PyramidLevel } from './systems/lapgan.ts';
export { gaussian, type Latent, uniform } from './systems/latent.ts';
export type { Member } from './systems/member.ts';
export { type MrganOptions, mrgan } from './systems/mrgan.ts';
export { type Pix2pixOptions, pix2pix } from './systems/pix2pix.ts';
export { type ProgressiveGanOptions, progressiveGan } from './systems/progressive-gan.ts';
export {
  type Adversary,
  type Networks,
  type Rival,
  type Rivals,
  type RivalsOptions,
  rivals,
  type StepInputs,
} from './systems/rivals.ts';
export {
  type SemiSupervised,
  type SemiSupervisedOptions,
  semiSupervised,
} from './systems/semi-supervised.ts';
export { repeatedSource, type Sources } from './systems/sources.ts';
export { type StackGanOptions, type StackPlayer, stackGan } from './systems/stack-gan.ts';
export { type StackedGanOptions, type StackLevel, stackedGan, stackPlayers } from './systems/stacked-gan.ts';
export {
  type StylePlayer,
  type StyleStructureOptions,
  stylePlayers,
  styleStructure,
} from './systems/style-structure.ts';
export { type TextGanOptions, type TextPlayer, textGan } from './systems/text-gan.ts';
export {
  type CaptionTokens,
  descriptionSize,
  type EmbeddedText,
  type ReadText,
  type TextSource,
} from './systems/text-source.ts';
export { type VaeOptions, vae } from './systems/vae.ts';
export { type VaeGanOptions, type VaeGanPlayer, vaeGan } from './systems/vae-gan.ts';
export { type WganOptions, wgan } from './systems/wgan.ts';
export { type WganGpOptions, wganGp } from './systems/wgan-gp.ts';
export { classification } from './terms/classification.ts';
export { attentionGamma, spectralNorms } from './terms/critic-gauges.ts';
export { type DistanceToOptions, distanceTo } from './terms/distance-to.ts';
export { drift } from './terms/drift.ts';
export { type EntropyOfNoiseOptions, entropyOfNoise } from './terms/entropy-of-noise.ts';
export { type FeatureMatchingOptions, featureMatching } from './terms/feature-matching.ts';
export { type GradientPenaltyOptions, gradientPenalty } from './terms/gradient-penalty.ts';
export { lazily } from './terms/lazily.ts';
export {
  type CodeLayout,
  type MutualInformationOptions,
  mutualInformation,
} from './terms/mutual-information.ts';
export { tapped } from './terms/tapped.ts';
export type { CriticGauge, CriticTerm, GeneratorTerm, Setting, Term, TermContext } from './terms/term.ts';
export { type UnrolledOptions, unrolled } from './terms/unrolled.ts';
export { r1Penalty, r2Penalty, zeroCentredPenalty } from './terms/zero-centred-penalty.ts';
export { type LoadedState, type Saved, sampleKey, Trainer, train } from './trainer.ts';
export { truncateNoise } from './truncate-noise.ts';
