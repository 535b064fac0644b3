import { oneOf, wholeNumber } from '../../base/index.ts';
import { relu, tanh } from './activations.ts';
import { batchNorm } from './batch-norm.ts';
import { concatCondition } from './concat-condition.ts';
import { conv2d } from './conv2d.ts';
import type { Layer } from './layer.ts';
import { upsample } from './pooling.ts';
import { residual } from './residual.ts';
import { sequential } from './sequential.ts';

/** Options of a refiner. */
export interface RefinerOptions {
  /** How many times larger the images that it makes are than those that it takes. @default 2 */
  readonly factor?: 2 | 4 | 8;
  readonly channels: number;
  /** Filters of the first layer; the next one halves the side and doubles them. @default 24 */
  readonly filters?: number;
  /** Residual blocks. @default 2 */
  readonly blocks?: number;
  /** Numbers of the condition, which is laid beside the features of half the side. */
  readonly condition: number;
}

/**
 * The generator of stage II: reads an image and a condition, and makes a larger image in [-1, 1]: a
 * convolution, one of stride 2, the condition beside it, residual blocks, nearest upsampling with
 * convolutions. Zhang et al., StackGAN, https://arxiv.org/abs/1612.03242, section 3.4.
 */
export function refiner(options: RefinerOptions): Layer {
  const { factor = 2, channels, filters = 24, blocks = 2, condition } = options;
  oneOf('refiner: factor', String(factor), ['2', '4', '8']);
  wholeNumber('refiner: channels', channels, 1);
  wholeNumber('refiner: filters', filters, 1);
  wholeNumber('refiner: blocks', blocks);
  const wide = 2 * filters;
  const same = (width: number) => conv2d(width, { kernelSize: 3, stride: 1 });
  const block = () => [residual([same(wide), batchNorm(), relu(), same(wide), batchNorm()]), relu()];
  const doublings = 1 + Math.log2(factor);
  // Each doubling halves the filters, down to those of the first layer.
  const grow = (level: number) => [
    upsample(2),
    same(Math.max(filters, wide / 2 ** level)),
    batchNorm(),
    relu(),
  ];
  return sequential([
    same(filters),
    relu(),
    conv2d(wide, { kernelSize: 4, stride: 2 }),
    batchNorm(),
    relu(),
    concatCondition(condition),
    same(wide),
    batchNorm(),
    relu(),
    ...Array.from({ length: blocks }, block).flat(),
    ...Array.from({ length: doublings }, (_, level) => grow(level)).flat(),
    same(channels),
    tanh(),
  ]);
}
