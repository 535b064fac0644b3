import { oneOf, wholeNumber } from '../../base/index.ts';
import { leakyRelu, relu, tanh } from './activations.ts';
import { batchNorm } from './batch-norm.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';
import { torchInitial as initial } from './initializer.ts';
import { instanceNorm } from './instance-norm.ts';
import type { Layer } from './layer.ts';
import { residual } from './residual.ts';
import { sequential } from './sequential.ts';
import { skip } from './skip.ts';

/** What stands between a convolution and its activation. */
export type ImageNormalisation = 'none' | 'batch' | 'instance';

const normalisations = {
  none: () => [],
  batch: () => [batchNorm()],
  instance: () => [instanceNorm()],
} as const;

/** A generator from images to images. */
export interface TranslatorOptions {
  /** Channels of what it makes. */
  readonly channels: number;
  /** Filters of its first convolution. */
  readonly filters: number;
  readonly normalisation?: ImageNormalisation;
  /** Before the first layer, as `noiseMap`. @default none */
  readonly first?: readonly Layer[];
}

function normalisationOf(name: string, { channels, filters, normalisation = 'batch' }: TranslatorOptions) {
  wholeNumber(`${name}: channels`, channels, 1);
  wholeNumber(`${name}: filters`, filters, 1);
  return normalisations[oneOf(`${name}: normalisation`, normalisation, ['none', 'batch', 'instance'])];
}

// With larger first values than PyTorch's the tanh at the end begins saturated.
const conv3 = (filters: number) => conv2d(filters, { kernelSize: 3, stride: 1, ...initial });

/**
 * A U-Net: the side is halved `depth` times by 4x4 convolutions of twice the filters each, and
 * doubled again as often; what comes down a side lies beside what comes up to it. Output in [-1,
 * 1]. Isola et al., https://arxiv.org/abs/1611.07004, section 3.2.1, with normalisation behind all
 * but the first and the last convolution.
 * @throws RangeError at `init` for sides that cannot be halved so often
 */
export function uNet(options: TranslatorOptions & { readonly depth: number }): Layer {
  const { channels, filters, depth, first = [] } = options;
  const normal = normalisationOf('uNet', options);
  wholeNumber('uNet: depth', depth, 1, 8);
  const level = (number: number): Layer => {
    const last = number === depth - 1;
    const up = number === 0 ? channels : filters * 2 ** (number - 1);
    return sequential([
      conv2d(filters * 2 ** number, initial),
      ...(number > 0 ? normal() : []),
      leakyRelu(0.2),
      ...(last ? [] : [skip(level(number + 1))]),
      conv2dTranspose(up, initial),
      ...(number === 0 ? [tanh()] : [...normal(), relu()]),
    ]);
  };
  const whole = sequential([...first, level(0)]);
  return {
    init(key, shape, inputs) {
      const [height = 0, width = 0] = shape;
      const multiple = 2 ** depth;
      if (height % multiple !== 0 || width % multiple !== 0)
        throw new RangeError(
          `uNet: expected sides that are multiples of ${multiple} for a depth of ${depth}, got ${width}x${height}`,
        );
      return whole.init(key, shape, inputs);
    },
    apply: (parameters, x, training, condition) => whole.apply(parameters, x, training, condition),
  };
}

/** How often a U-Net halves sides: until they are odd, or the smaller one is 4. */
export function uNetDepth(height: number, width: number): number {
  let depth = 0;
  for (
    let scale = 2;
    height % scale === 0 && width % scale === 0 && Math.min(height, width) / scale >= 4;
    scale *= 2
  )
    depth++;
  return depth;
}

/**
 * A generator that keeps the side: a 3x3 convolution, `blocks` residual blocks of two, and one to
 * the channels. Output in [-1, 1]. The generator of Zhu et al., https://arxiv.org/abs/1703.10593,
 * section 7.2, without its strides.
 */
export function residualTranslator(options: TranslatorOptions & { readonly blocks: number }): Layer {
  const { channels, filters, blocks, first = [] } = options;
  const normal = normalisationOf('residualTranslator', options);
  wholeNumber('residualTranslator: blocks', blocks, 0);
  const block = () => residual([conv3(filters), ...normal(), relu(), conv3(filters), ...normal()]);
  return sequential([
    ...first,
    conv3(filters),
    ...normal(),
    relu(),
    ...Array.from({ length: blocks }, block),
    conv3(channels),
    tanh(),
  ]);
}

/** `convolutions` of 3x3 that keep the side, leaky ReLU between them. Output in [-1, 1]. */
export function plainTranslator(options: TranslatorOptions & { readonly convolutions: number }): Layer {
  const { channels, filters, convolutions, first = [] } = options;
  const normal = normalisationOf('plainTranslator', options);
  wholeNumber('plainTranslator: convolutions', convolutions, 1);
  const hidden = () => [conv3(filters), ...normal(), leakyRelu(0.2)];
  return sequential([
    ...first,
    ...Array.from({ length: convolutions - 1 }, hidden).flat(),
    conv3(channels),
    tanh(),
  ]);
}

/** Options of a critic of patches. */
export interface PatchCriticOptions {
  /** The smaller side of the images, from 8: it decides how many convolutions there are. */
  readonly side: number;
  /** Filters of the first convolution; each stride doubles them, up to eight times. */
  readonly filters: number;
  /** Behind all but the first and the last convolution. @default 'none' */
  readonly normalisation?: ImageNormalisation;
  /** Around every convolution, as `spectralNorm`. @default none */
  readonly constraint?: (layer: Layer) => Layer;
}

/** Kernel and stride of each convolution of a critic of patches. */
type PatchPlan = readonly (readonly [kernel: number, stride: number])[];

function patchPlan(side: number): PatchPlan {
  wholeNumber('patchCritic: side', side, 8);
  const last = [
    [4, 1],
    [4, 1],
  ] as const;
  if (side < 28)
    return [
      [4, 2],
      [4, 2],
      [1, 1],
    ];
  if (side < 64) return [[4, 2], ...last];
  if (side < 128) return [[4, 2], [4, 2], ...last];
  return [[4, 2], [4, 2], [4, 2], ...last];
}

/** The side of the patch that one score of `patchCritic` depends on: 10, 16, 34 or 70 pixels. */
export function patchField(side: number): number {
  return patchPlan(side).reduceRight((field, [kernel, stride]) => (field - 1) * stride + kernel, 1);
}

/**
 * A critic with a score for each patch, [height, width, 1]: 4x4 convolutions with leaky ReLU. Isola
 * et al., https://arxiv.org/abs/1611.07004, section 3.2.2, whose patches of 70 pixels are those of
 * images from 128 on; smaller images have smaller ones (`patchField`).
 */
export function patchCritic(options: PatchCriticOptions): Layer {
  const { side, filters, normalisation = 'none', constraint = (layer) => layer } = options;
  const normal = normalisationOf('patchCritic', { channels: 1, filters, normalisation });
  const plan = patchPlan(side);
  return sequential(
    plan.flatMap(([kernelSize, stride], number) => {
      const last = number === plan.length - 1;
      const wide = last ? 1 : filters * Math.min(8, 2 ** number);
      const layer = constraint(conv2d(wide, { kernelSize, stride, ...initial }));
      return last ? [layer] : [layer, ...(number > 0 ? normal() : []), leakyRelu(0.2)];
    }),
  );
}
