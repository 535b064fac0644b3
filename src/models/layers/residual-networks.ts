import { relu, tanh } from './activations.ts';
import { batchNorm } from './batch-norm.ts';
import { type ImageCriticOptions, type ImageGeneratorOptions, inserted } from './conv-networks.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { imagePlan } from './image-plan.ts';
import { heNormal, type Initializer, lecunNormal } from './initializer.ts';
import type { Layer } from './layer.ts';
import { layerNorm } from './layer-norm.ts';
import { averagePool, globalSumPool, upsample } from './pooling.ts';
import { reshape } from './reshape.ts';
import { residual } from './residual.ts';
import { sequential } from './sequential.ts';
import { tap } from './tap.ts';

// A 1x1 convolution and a change of the sides give the same in either order. Shortcuts have the
// convolution where there are fewer pixels: a quarter of the work of the papers' order.

/** What the convolutions of a residual network have in common. */
interface Parts {
  readonly conv: (filters: number, kernelSize?: 1 | 3) => Layer;
  /** Normalisation, if there is one, and ReLU. */
  readonly activated: () => readonly Layer[];
}

function partsOf(
  { kernel, constraint = (layer) => layer }: ImageCriticOptions | ImageGeneratorOptions,
  normalisation: (() => Layer) | undefined,
): Parts {
  // A shortcut has no activation behind it.
  const first = (kernelSize: number): Initializer => kernel ?? (kernelSize === 1 ? lecunNormal : heNormal);
  return {
    conv: (filters, kernelSize = 3) =>
      constraint(conv2d(filters, { kernelSize, stride: 1, kernel: first(kernelSize) })),
    activated: () => [...(normalisation ? [normalisation()] : []), relu()],
  };
}

/**
 * A critic of images of residual blocks: two 3x3 convolutions each, of which one a level halves the
 * sides by means of 2x2 pixels, then one block at what is left, ReLU, the sums of the maps as
 * `features`, and one score. Miyato et al., https://arxiv.org/abs/1802.05957, tables 4 to 6, with
 * `constraint: spectralNorm` and `normalisation: undefined`; Gulrajani et al.,
 * https://arxiv.org/abs/1704.00028, appendix F, with layer normalisation (the default).
 */
export function residualCritic(options: ImageCriticOptions): Layer {
  const { sides, widths } = imagePlan('residualCritic', options);
  const { constraint = (layer) => layer, between = {} } = options;
  const parts = partsOf(options, 'normalisation' in options ? options.normalisation : layerNorm);
  const { conv, activated } = parts;
  const widest = widths.at(-1)!;
  const down = (filters: number, level: number) => {
    const block =
      level === 0
        ? // The first block sees pixels: nothing in front of its convolution (the "optimized block").
          residual(
            [conv(filters), relu(), conv(filters), averagePool()],
            sequential([averagePool(), conv(filters, 1)]),
          )
        : residual(
            [...activated(), conv(widths[level - 1]!), ...activated(), conv(filters), averagePool()],
            sequential([averagePool(), conv(filters, 1)]),
          );
    return [block, ...inserted(between, sides[level + 1]!)];
  };
  return sequential([
    ...(options.first ?? []),
    ...widths.flatMap(down),
    residual([...activated(), conv(widest), ...activated(), conv(widest)]),
    relu(),
    tap('features', globalSumPool()),
    ...(options.last ?? []),
    constraint(options.head ?? dense(1, { kernel: options.kernel ?? lecunNormal })),
  ]);
}

/**
 * A generator of images in [-1, 1] of residual blocks: each repeats pixels to double the sides and
 * has two 3x3 convolutions, with normalisation and ReLU in front of each (batch normalisation by
 * default); normalisation, ReLU, a 3x3 convolution and tanh at the end. Papers and tables as
 * `residualCritic`.
 */
export function residualGenerator(options: ImageGeneratorOptions): Layer {
  const { sides, widths, channels } = imagePlan('residualGenerator', options);
  const { constraint = (layer) => layer, between = {}, kernel } = options;
  const parts = partsOf(options, 'normalisation' in options ? options.normalisation : batchNorm);
  const { conv, activated } = parts;
  const [height, width] = sides.at(-1)!;
  const widest = widths.at(-1)!;
  // A block that reaches a level has the filters with which the critic leaves it.
  const up = widths
    .map((_, level) => {
      const filters = widths[Math.max(0, level - 1)]!;
      const block = residual(
        [...activated(), upsample(), conv(filters), ...activated(), conv(filters)],
        sequential([conv(filters, 1), upsample()]),
      );
      return [block, ...inserted(between, sides[level]!)];
    })
    .reverse();
  const last = kernel ?? lecunNormal;
  return sequential([
    ...(options.first ?? []),
    constraint(dense(height * width * widest, { kernel: kernel ?? lecunNormal })),
    reshape([height, width, widest]),
    ...inserted(between, sides.at(-1)!),
    ...up.flat(),
    ...activated(),
    constraint(conv2d(channels, { kernelSize: 3, stride: 1, kernel: last })),
    (options.output ?? tanh)(),
  ]);
}
