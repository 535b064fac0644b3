import { wholeNumber } from '../../base/index.ts';
import { relu } from './activations.ts';
import { batchNorm } from './batch-norm.ts';
import { conv2d } from './conv2d.ts';
import { heNormal, type Initializer, lecunNormal } from './initializer.ts';
import type { Layer } from './layer.ts';
import { noiseMap } from './noise-map.ts';
import { sequential } from './sequential.ts';

/** The generator of a level of a Laplacian pyramid. */
export interface BandGeneratorOptions {
  readonly channels: number;
  /** Of each hidden convolution. @default 16 */
  readonly filters?: number;
  /** Hidden convolutions. @default 2 */
  readonly depth?: number;
  /** First values of all kernels. @default heNormal, lecunNormal for the last layer */
  readonly kernel?: Initializer;
}

/**
 * From an enlarged picture, with one map of noise as the condition, to the band that it lacks: 3x3
 * convolutions with batch normalisation and ReLU, and a linear one. Denton et al.,
 * https://arxiv.org/abs/1506.05751, whose networks for CIFAR-10 have 7x7 and 5x5 kernels of 128
 * maps.
 */
export function bandGenerator(options: BandGeneratorOptions): Layer {
  const { channels, filters = 16, depth = 2, kernel = heNormal } = options;
  wholeNumber('bandGenerator: channels', channels, 1);
  wholeNumber('bandGenerator: filters', filters, 1);
  wholeNumber('bandGenerator: depth', depth, 0);
  const conv = (to: number, kernel: Initializer) => conv2d(to, { kernelSize: 3, stride: 1, kernel });
  const hidden = Array.from({ length: depth }, () => [conv(filters, kernel), batchNorm(), relu()]).flat();
  return sequential([noiseMap(1), ...hidden, conv(channels, options.kernel ?? lecunNormal)]);
}
