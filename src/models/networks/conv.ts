import { oneOf, wholeNumber } from '../../base/index.ts';
import { leakyRelu, relu, tanh } from '../nn/activations.ts';
import { batchNorm } from '../nn/batch-norm.ts';
import { conv2d } from '../nn/conv2d.ts';
import { conv2dTranspose } from '../nn/conv2d-transpose.ts';
import { dense } from '../nn/dense.ts';
import { lecunNormal } from '../nn/initializer.ts';
import type { Layer } from '../nn/layer.ts';
import { layerNorm } from '../nn/layer-norm.ts';
import { flatten, reshape } from '../nn/reshape.ts';
import { sequential } from '../nn/sequential.ts';

/** The images that a convolutional network sees or makes, and its width. */
export interface ConvNetworkOptions {
  /** Side of the square images. */
  readonly size: 16 | 28 | 32;
  readonly channels: number;
  /** Filters at the highest resolution; every halving of the side doubles them. @default 64 */
  readonly filters?: number;
}

/** By image side: how often the side is halved, and what is then left of it. */
const plans = {
  16: { halvings: 2, base: 4 },
  28: { halvings: 2, base: 7 },
  32: { halvings: 3, base: 4 },
} as const;

function planOf(name: string, { size, channels, filters = 64 }: ConvNetworkOptions) {
  oneOf(`${name}: size`, String(size), ['16', '28', '32']);
  wholeNumber(`${name}: channels`, channels, 1);
  wholeNumber(`${name}: filters`, filters, 1);
  return { ...plans[size], channels, filters };
}

/** What may be said of a convolutional critic. */
export interface ConvCriticOptions extends ConvNetworkOptions {
  /** Behind every convolution but the first. @default 'layer' */
  readonly normalisation?: 'none' | 'layer';
}

/**
 * A critic of images after DCGAN, https://arxiv.org/abs/1511.06434: 4x4 convolutions of stride 2 with leaky ReLU, and one
 * score. Where DCGAN has batch normalisation it has layer normalisation, as a gradient penalty demands.
 */
export function convCritic({ normalisation = 'layer', ...options }: ConvCriticOptions): Layer {
  const { halvings, filters } = planOf('convCritic', options);
  oneOf('convCritic: normalisation', normalisation, ['none', 'layer']);
  const block = (level: number) => [
    conv2d(filters * 2 ** level),
    ...(level > 0 && normalisation === 'layer' ? [layerNorm()] : []),
    leakyRelu(0.2),
  ];
  const blocks = Array.from({ length: halvings }, (_, level) => block(level)).flat();
  return sequential([...blocks, flatten(), dense(1, { kernel: lecunNormal })]);
}

/** A generator of images in [-1, 1] after DCGAN: 4x4 transposed convolutions of stride 2, batch normalisation, ReLU, tanh at the end. */
export function convGenerator(options: ConvNetworkOptions): Layer {
  const { halvings, base, channels, filters } = planOf('convGenerator', options);
  const widest = filters * 2 ** (halvings - 1);
  const grow = Array.from({ length: halvings - 1 }, (_, level) => [
    conv2dTranspose(widest / 2 ** (level + 1)),
    batchNorm(),
    relu(),
  ]).flat();
  return sequential([
    ...[dense(base * base * widest), reshape([base, base, widest]), batchNorm(), relu()],
    ...grow,
    ...[conv2dTranspose(channels, { kernel: lecunNormal }), tanh()],
  ]);
}
