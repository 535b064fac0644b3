export { NonFiniteLossError, NonFiniteStateError } from './errors.ts';
export { clippedShare, clipWeights } from './losses/clip-weights.ts';
export { gradientPenalty, interpolate, type Penalty, type Sided } from './losses/gradient-penalty.ts';
export { wassersteinEstimate, wassersteinGeneratorLoss } from './losses/wasserstein.ts';
export {
  type ConvCriticOptions,
  type ConvNetworkOptions,
  convCritic,
  convGenerator,
} from './networks/conv.ts';
export { type MlpOptions, mlpCritic, mlpGenerator } from './networks/mlp.ts';
export { elu, leakyRelu, relu, sigmoid, softplus, tanh } from './nn/activations.ts';
export { type AdamOptions, adam } from './nn/adam.ts';
export { type BatchNormOptions, batchNorm } from './nn/batch-norm.ts';
export { type ConvOptions, conv2d } from './nn/conv2d.ts';
export { conv2dTranspose } from './nn/conv2d-transpose.ts';
export { type DenseOptions, dense } from './nn/dense.ts';
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
  zeros,
} from './nn/initializer.ts';
export type { Applied, Initial, Layer, Parameters } from './nn/layer.ts';
export { layerNorm } from './nn/layer-norm.ts';
export { movingAverage } from './nn/moving-average.ts';
export type { Optimizer, Rate, Update } from './nn/optimizer.ts';
export { linearDecay } from './nn/rate.ts';
export { flatten, reshape } from './nn/reshape.ts';
export { type RmspropOptions, rmsprop } from './nn/rmsprop.ts';
export { sequential } from './nn/sequential.ts';
export { type SgdOptions, sgd } from './nn/sgd.ts';
export type { Batch, System } from './system.ts';
export type { Adversaries, Adversary } from './systems/adversaries.ts';
export { type WganOptions, wgan } from './systems/wgan.ts';
export { type WganGpOptions, wganGp } from './systems/wgan-gp.ts';
export { type Saved, Trainer, train } from './trainer.ts';
