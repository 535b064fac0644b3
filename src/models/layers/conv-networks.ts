import { oneOf } from '../../base/index.ts';
import { leakyRelu, relu, tanh } from './activations.ts';
import { batchNorm } from './batch-norm.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';
import { dense } from './dense.ts';
import { type ImagePlanOptions, imagePlan } from './image-plan.ts';
import { heNormal, type Initializer, lecunNormal } from './initializer.ts';
import type { Layer } from './layer.ts';
import { layerNorm } from './layer-norm.ts';
import { averagePool, upsample } from './pooling.ts';
import { flatten, reshape } from './reshape.ts';
import { sequential } from './sequential.ts';
import { tap } from './tap.ts';

/** The images that a network of convolutions sees or makes, and what its layers are. */
export interface ImageNetworkOptions extends ImagePlanOptions {
  /** Around every layer with a kernel, as `spectralNorm`. @default none */
  readonly constraint?: (layer: Layer) => Layer;
  /** Before the first layer, as `concatCondition`. @default none */
  readonly first?: readonly Layer[];
  /**
   * First values of all kernels: DCGAN takes `normal(0.02)`. @default heNormal, lecunNormal for the
   * last layer
   */
  readonly kernel?: Initializer;
  /** Normalisation in front of the activations, `undefined` for none. */
  readonly normalisation?: (() => Layer) | undefined;
  /**
   * By the height of the maps, layers such as `selfAttention` behind the block that makes them.
   * @default none
   */
  readonly between?: Readonly<Record<number, () => Layer>>;
}

/** Options of a critic of images. */
export interface ImageCriticOptions extends ImageNetworkOptions {
  /** The last layer, from features to one score, as `projection`. @default dense(1) */
  readonly head?: Layer;
  /** Behind the features, before the last layer, as `minibatchDeviation`. @default none */
  readonly last?: readonly Layer[];
}

/** Options of a generator of images. */
export interface ImageGeneratorOptions extends ImageNetworkOptions {
  /** Behind the last layer, as `unitVectors`. @default tanh */
  readonly output?: () => Layer;
}

/** Options of a convolutional critic. */
export interface ConvCriticOptions extends ImageCriticOptions {
  /** Side of the kernels. @default 4, and 3 where `downsampling` is `average` */
  readonly kernelSize?: number;
  /**
   * Halves the sides: a stride of the convolution, or means of 2x2 behind it. @default 'strided'
   */
  readonly downsampling?: 'strided' | 'average';
  /** Behind every convolution but the first, `undefined` for none. @default layerNorm */
  readonly normalisation?: (() => Layer) | undefined;
}

/**
 * A critic of images after DCGAN, https://arxiv.org/abs/1511.06434: 4x4 convolutions of stride 2
 * with leaky ReLU, and one score. Where DCGAN has batch normalisation it has layer normalisation,
 * as a gradient penalty demands. What comes out of the last convolution is shown as `features`, a
 * vector.
 */
export function convCritic(options: ConvCriticOptions): Layer {
  const { sides, widths } = imagePlan('convCritic', options);
  const { kernel = heNormal, constraint = (layer) => layer, between = {} } = options;
  const { downsampling = 'strided' } = options;
  oneOf('convCritic: downsampling', downsampling, ['strided', 'average']);
  const strided = downsampling === 'strided';
  const { kernelSize = strided ? 4 : 3 } = options;
  const normalisation = 'normalisation' in options ? options.normalisation : layerNorm;
  const block = (filters: number, level: number) => [
    constraint(conv2d(filters, { kernel, kernelSize, stride: strided ? 2 : 1 })),
    ...(level > 0 && normalisation ? [normalisation()] : []),
    leakyRelu(0.2),
    ...(strided ? [] : [averagePool()]),
    ...inserted(between, sides[level + 1]!),
  ];
  return sequential([
    ...(options.first ?? []),
    ...widths.flatMap(block),
    tap('features', flatten()),
    ...(options.last ?? []),
    constraint(options.head ?? dense(1, { kernel: options.kernel ?? lecunNormal })),
  ]);
}

/** Options of a convolutional generator. */
export interface ConvGeneratorOptions extends ImageGeneratorOptions {
  /** Side of the kernels. @default 4, and 3 where `upsampling` is `nearest` */
  readonly kernelSize?: number;
  /**
   * Doubles the sides: transposed convolutions, or repeated pixels in front of plain ones, which
   * leave no checkerboard. @default 'transposed'
   */
  readonly upsampling?: 'transposed' | 'nearest';
  /** Behind every layer but the last, `undefined` for none. @default batchNorm */
  readonly normalisation?: (() => Layer) | undefined;
}

/**
 * A generator of images in [-1, 1] after DCGAN: 4x4 transposed convolutions of stride 2, batch
 * normalisation, ReLU, tanh at the end.
 */
export function convGenerator(options: ConvGeneratorOptions): Layer {
  const { sides, widths, channels } = imagePlan('convGenerator', options);
  const { kernel = heNormal, constraint = (layer) => layer, between = {} } = options;
  const { upsampling = 'transposed' } = options;
  oneOf('convGenerator: upsampling', upsampling, ['transposed', 'nearest']);
  const transposed = upsampling === 'transposed';
  const { kernelSize = transposed ? 4 : 3 } = options;
  const normalisation = 'normalisation' in options ? options.normalisation : batchNorm;
  const widest = widths.at(-1)!;
  const [height, width] = sides.at(-1)!;
  const enlarged = (filters: number, first: Initializer) =>
    transposed
      ? [constraint(conv2dTranspose(filters, { kernel: first, kernelSize }))]
      : [upsample(), constraint(conv2d(filters, { kernel: first, kernelSize, stride: 1 }))];
  const behind = (level: number) => [
    ...(normalisation ? [normalisation()] : []),
    relu(),
    ...inserted(between, sides[level]!),
  ];
  const grow = widths
    .slice(0, -1)
    .map((filters, level) => [...enlarged(filters, kernel), ...behind(level + 1)])
    .reverse();
  return sequential([
    ...(options.first ?? []),
    constraint(dense(height * width * widest, { kernel })),
    reshape([height, width, widest]),
    ...behind(widths.length),
    ...grow.flat(),
    ...enlarged(channels, options.kernel ?? lecunNormal),
    (options.output ?? tanh)(),
  ]);
}

/** The layers that an option `between` puts behind maps of these sides. */
export function inserted(
  between: Readonly<Record<number, () => Layer>>,
  [height]: readonly [height: number, width: number],
): readonly Layer[] {
  const layer = between[height];
  return layer === undefined ? [] : [layer()];
}
