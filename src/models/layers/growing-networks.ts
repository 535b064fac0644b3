import { wholeNumber } from '../../base/index.ts';
import { leakyRelu } from './activations.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { equalised } from './equalised.ts';
import type { Layer } from './layer.ts';
import { minibatchDeviation } from './minibatch-deviation.ts';
import { pixelNorm } from './pixel-norm.ts';
import { averagePool, upsample } from './pooling.ts';
import { flatten, reshape } from './reshape.ts';
import { sequential } from './sequential.ts';

/** The widths of the blocks of a growing pair. */
export interface GrowingBlocksOptions {
  /** From the first side to the last, each twice the one before. */
  readonly sides: readonly number[];
  /** Maps at each side. */
  readonly channels: Readonly<Record<number, number>>;
  /** Channels of the pictures. */
  readonly colours: number;
  /** 3x3 convolutions of a block. The paper has two. @default 1 */
  readonly convolutions?: number;
  /** Examples whose deviation the critic sees together. @default 4 */
  readonly group?: number;
}

/** The blocks of one side. */
export interface GrowingBlocks {
  /** From what the generator has at half the side (the noise at the first one) to its maps. */
  readonly generator: Layer;
  /** From those maps to a picture. */
  readonly toRgb: Layer;
  /** From a picture to the critic's maps. */
  readonly fromRgb: Layer;
  /** From those maps to the critic's at half the side; at the first side to one score. */
  readonly critic: Layer;
  /** Maps at the side. */
  readonly channels: number;
}

/**
 * The blocks of a Progressive GAN by side: equalised convolutions, leaky ReLU and pixel
 * normalisation in the generator, nearest enlargement, means of 2x2 pixels, the deviation of the
 * batch before the critic's last block. Karras et al., https://arxiv.org/abs/1710.10196, table 2.
 * @throws RangeError when a side has no number of maps
 */
export function growingBlocks(options: GrowingBlocksOptions): ReadonlyMap<number, GrowingBlocks> {
  const { sides, channels, colours, convolutions = 1, group = 4 } = options;
  wholeNumber('growingBlocks: colours', colours, 1);
  wholeNumber('growingBlocks: convolutions', convolutions, 1);
  const maps = (side: number) => wholeNumber(`growingBlocks: channels of ${side}`, channels[side], 1);
  const conv = (filters: number, kernelSize = 3) => equalised(conv2d(filters, { kernelSize, stride: 1 }));
  const act = () => leakyRelu(0.2);
  const repeated = (filters: number, behind: () => readonly Layer[]) =>
    Array.from({ length: convolutions }, () => [conv(filters), ...behind()]).flat();

  const made = sides.map((side, level): [number, GrowingBlocks] => {
    const own = maps(side);
    const below = level === 0 ? own : maps(sides[level - 1]!);
    const begin = [
      pixelNorm(),
      equalised(dense(side * side * own), Math.SQRT2 / 4),
      reshape([side, side, own]),
      act(),
      pixelNorm(),
    ];
    const score = [
      minibatchDeviation(group),
      conv(own),
      act(),
      flatten(),
      equalised(dense(own)),
      act(),
      equalised(dense(1), 1),
    ];
    // The last convolution of a critic's block goes over to the maps of the side below.
    const down = [...repeated(own, () => [act()]).slice(0, -2), conv(below), act(), averagePool()];
    return [
      side,
      {
        channels: own,
        generator: sequential([
          ...(level === 0 ? begin : [upsample()]),
          ...repeated(own, () => [act(), pixelNorm()]),
        ]),
        toRgb: equalised(conv2d(colours, { kernelSize: 1, stride: 1 }), 1),
        fromRgb: sequential([conv(own, 1), act()]),
        critic: sequential(level === 0 ? score : down),
      },
    ];
  });
  return new Map(made);
}
