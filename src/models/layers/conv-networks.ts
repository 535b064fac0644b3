import { oneOf, wholeNumber } from '../../base/index.ts';
import { leakyRelu, relu, tanh } from './activations.ts';
import { batchNorm } from './batch-norm.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';
import { dense } from './dense.ts';
import { heNormal, type Initializer, lecunNormal } from './initializer.ts';
import type { Layer } from './layer.ts';
import { layerNorm } from './layer-norm.ts';
import { flatten, reshape } from './reshape.ts';
import { sequential } from './sequential.ts';
import { tap } from './tap.ts';

/** The images that a convolutional network sees or makes, and its width. */
export interface ConvNetworkOptions {
  /** Side of the square images. */
  readonly size: 8 | 16 | 28 | 32 | 64;
  readonly channels: number;
  /** Filters at the highest resolution; every halving of the side doubles them. @default 64 */
  readonly filters?: number;
  /** Around every layer with a kernel, as `spectralNorm`. @default none */
  readonly constraint?: (layer: Layer) => Layer;
  /** Before the first layer, as `concatCondition`. @default none */
  readonly first?: readonly Layer[];
  /**
   * First values of all kernels: DCGAN takes `normal(0.02)`. @default heNormal, lecunNormal for the
   * last layer
   */
  readonly kernel?: Initializer;
}

/** By image side: how often the side is halved, and what is then left of it. */
const plans = {
  8: { halvings: 1, base: 4 },
  16: { halvings: 2, base: 4 },
  28: { halvings: 2, base: 7 },
  32: { halvings: 3, base: 4 },
  64: { halvings: 4, base: 4 },
} as const;

function planOf(name: string, { size, channels, filters = 64 }: ConvNetworkOptions) {
  oneOf(`${name}: size`, String(size), Object.keys(plans));
  wholeNumber(`${name}: channels`, channels, 1);
  wholeNumber(`${name}: filters`, filters, 1);
  return { ...plans[size], channels, filters };
}

/** Options of a convolutional critic. */
export interface ConvCriticOptions extends ConvNetworkOptions {
  /** Behind every convolution but the first, `undefined` for none. @default layerNorm */
  readonly normalisation?: (() => Layer) | undefined;
  /** The last layer, from features to one score, as `projection`. @default dense(1) */
  readonly head?: Layer;
  /**
   * By the side of what it goes in front of, layers such as `selfAttention` between the blocks.
   * @default none
   */
  readonly between?: Readonly<Record<number, () => Layer>>;
  /** Behind the features, before the last layer, as `minibatchDeviation`. @default none */
  readonly last?: readonly Layer[];
}

/**
 * A critic of images after DCGAN, https://arxiv.org/abs/1511.06434: 4x4 convolutions of stride 2
 * with leaky ReLU, and one score. Where DCGAN has batch normalisation it has layer normalisation,
 * as a gradient penalty demands. What comes out of the last convolution is shown as `features`, a
 * vector.
 */
export function convCritic(options: ConvCriticOptions): Layer {
  const { halvings, filters, base } = planOf('convCritic', options);
  const { kernel = heNormal, constraint = (layer) => layer, between = {} } = options;
  const normalisation = 'normalisation' in options ? options.normalisation : layerNorm;
  const block = (level: number) => [
    constraint(conv2d(filters * 2 ** level, { kernel })),
    ...(level > 0 && normalisation ? [normalisation()] : []),
    leakyRelu(0.2),
    ...inserted(between, base * 2 ** (halvings - level - 1)),
  ];
  return sequential([
    ...(options.first ?? []),
    ...Array.from({ length: halvings }, (_, level) => block(level)).flat(),
    tap('features', flatten()),
    ...(options.last ?? []),
    constraint(options.head ?? dense(1, { kernel: options.kernel ?? lecunNormal })),
  ]);
}

/** Options of a convolutional generator. */
export interface ConvGeneratorOptions extends ConvNetworkOptions {
  /** Behind the last layer, as `unitVectors`. @default tanh */
  readonly output?: () => Layer;
  /** Behind every layer but the last, `undefined` for none. @default batchNorm */
  readonly normalisation?: (() => Layer) | undefined;
  /** By side, layers such as `selfAttention` behind the block that reaches it. @default none */
  readonly between?: Readonly<Record<number, () => Layer>>;
}

/**
 * A generator of images in [-1, 1] after DCGAN: 4x4 transposed convolutions of stride 2, batch
 * normalisation, ReLU, tanh at the end.
 */
export function convGenerator(options: ConvGeneratorOptions): Layer {
  const { halvings, base, channels, filters } = planOf('convGenerator', options);
  const { kernel = heNormal, constraint = (layer) => layer, between = {} } = options;
  const normalisation = 'normalisation' in options ? options.normalisation : batchNorm;
  const widest = filters * 2 ** (halvings - 1);
  const behind = (side: number) => [
    ...(normalisation ? [normalisation()] : []),
    relu(),
    ...inserted(between, side),
  ];
  const grow = Array.from({ length: halvings - 1 }, (_, level) => [
    constraint(conv2dTranspose(widest / 2 ** (level + 1), { kernel })),
    ...behind(base * 2 ** (level + 1)),
  ]).flat();
  return sequential([
    ...(options.first ?? []),
    constraint(dense(base * base * widest, { kernel })),
    reshape([base, base, widest]),
    ...behind(base),
    ...grow,
    constraint(conv2dTranspose(channels, { kernel: options.kernel ?? lecunNormal })),
    (options.output ?? tanh)(),
  ]);
}

function inserted(between: Readonly<Record<number, () => Layer>>, side: number): readonly Layer[] {
  const layer = between[side];
  return layer === undefined ? [] : [layer()];
}
