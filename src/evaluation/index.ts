export { assignment } from './assignment.ts';
export {
  argMaxRows,
  type ClassCollapse,
  type Classified,
  type ClassSpread,
  classCollapse,
} from './class-collapse.ts';
export {
  type ClassifierTransfer,
  classifierTransfer,
  type Fit,
  type Labelled,
  oneNearestNeighbour,
} from './classifier-transfer.ts';
export { type Collapse, type CollapseOptions, collapseAlert } from './collapse-alert.ts';
export { type Divergences, divergences } from './divergences.ts';
export { type Draw, drawSamples } from './draw-samples.ts';
export { type EnginePairwise, enginePairwise } from './engine-pairwise.ts';
export { type Evaluated, evaluate } from './evaluate.ts';
export { Evaluator, type EvaluatorOptions } from './evaluator.ts';
export { type FeatureNetwork, featureHash, featureLayers, featureWidth } from './feature-network.ts';
export type { Features, Seen } from './features.ts';
export { frechetDistance, type Gaussian, gaussianDistance } from './frechet-distance.ts';
export { improvements } from './improvements.ts';
export { type InceptionScore, inceptionScore } from './inception-score.ts';
export { type Inversion, type InversionOptions, type Inverted, invertGenerator } from './invert-generator.ts';
export {
  type KernelDistance,
  type KernelEstimator,
  type KernelOptions,
  kernelDistance,
} from './kernel-distance.ts';
export { LabelStatistics } from './label-statistics.ts';
export { latentPath } from './latent-path.ts';
export { type ManifoldOptions, type ManifoldScores, manifoldScores } from './manifold-scores.ts';
export { type Memorisation, memorisation } from './memorisation.ts';
export { type MixtureQuality, mixtureQuality } from './mixture-quality.ts';
export { expectedModes, type ModeCoverage, modeCoverage } from './mode-coverage.ts';
export { Moments } from './moments.ts';
export { type DiversityOptions, msSsimDiversity } from './ms-ssim-diversity.ts';
export type { PairOptions } from './nearest-neighbours.ts';
export { networkFeatures } from './network-features.ts';
export { onnxFeatures } from './onnx-features.ts';
export { identityFeatures, type OwnFeatures, ownFeatures } from './own-features.ts';
export { type OnProgress, type Pairwise, plainPairwise } from './pairwise.ts';
export { type LevelDistance, type PyramidOptions, pyramidDistance } from './pyramid-distance.ts';
export { readShapes, type ShapeReading } from './read-shapes.ts';
export { reconstructionError } from './reconstruction-error.ts';
export { rotations } from './rotations.ts';
export type { Matrix, Rows } from './rows.ts';
export { isBetter, type ScoreName, type Scores, scoreName, scoreTable } from './scores.ts';
export { type SlicedOptions, slicedWasserstein } from './sliced-wasserstein.ts';
export { softmaxRows } from './softmax.ts';
export { stopEarly } from './stop-early.ts';
export { type FeatureTraining, trainFeatures } from './train-features.ts';
export { wassersteinDistance } from './wasserstein.ts';
export { wasserstein1d } from './wasserstein-1d.ts';
