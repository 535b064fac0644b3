import * as tf from '@tensorflow/tfjs-core';
import { oneOf, wholeNumber } from '../../base/index.ts';
import { fold } from '../../engine/index.ts';
import { heNormal, type Initializer, zeros } from './initializer.ts';
import type { Layer } from './layer.ts';

/** Options of a convolution, plain or transposed. */
export interface ConvOptions {
  /** Side of the square kernel. @default 4 */
  readonly kernelSize?: number;
  /** @default 2 */
  readonly stride?: number;
  /**
   * `same`: the side is divided (multiplied) by the stride, rounded up. `valid`: no padding.
   * @default 'same'
   */
  readonly padding?: 'same' | 'valid';
  /** @default heNormal */
  readonly kernel?: Initializer;
  /** @default zeros */
  readonly bias?: Initializer;
}

/** The options of a convolution, checked and complete. */
export function convOptions(name: string, filters: number, options: ConvOptions): Required<ConvOptions> {
  const { kernelSize = 4, stride = 2, padding = 'same', kernel = heNormal, bias = zeros } = options;
  wholeNumber(`${name}: filters`, filters, 1);
  wholeNumber(`${name}: kernelSize`, kernelSize, 1);
  wholeNumber(`${name}: stride`, stride, 1);
  oneOf(`${name}: padding`, padding, ['same', 'valid']);
  return { kernelSize, stride, padding, kernel, bias };
}

/** Height, width and channels of a shape. @throws RangeError for another rank */
export function imageShape(name: string, shape: readonly number[]): readonly [number, number, number] {
  const [height, width, channels, ...more] = shape;
  if (height === undefined || width === undefined || channels === undefined || more.length > 0)
    throw new RangeError(`${name}: expected inputs [height, width, channels], got [${shape}]`);
  return [height, width, channels];
}

/**
 * A convolution: [height, width, channels] to [height', width', filters]. The kernel is [side,
 * side, channels, filters].
 */
export function conv2d(filters: number, options: ConvOptions = {}): Layer {
  const { kernelSize, stride, padding, kernel, bias } = convOptions('conv2d', filters, options);
  const across = (side: number) =>
    padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - kernelSize) / stride) + 1;
  return {
    init(key, shape) {
      const [height, width, channels] = imageShape('conv2d', shape);
      const out = [across(height), across(width), filters];
      if (out.some((side) => side < 1)) {
        throw new RangeError(
          `conv2d: expected inputs of at least ${kernelSize}x${kernelSize}, got [${shape}]`,
        );
      }
      const area = kernelSize * kernelSize;
      const fan = { in: area * channels, out: area * filters };
      const weights = {
        kernel: kernel(fold(key, 'kernel'), [kernelSize, kernelSize, channels, filters], fan),
        bias: bias(fold(key, 'bias'), [filters], fan),
      };
      return { weights, buffers: {}, shape: out };
    },
    apply({ weights, buffers }, x) {
      const { kernel, bias } = weights as { kernel: tf.Tensor4D; bias: tf.Tensor1D };
      return { y: tf.add(tf.conv2d(x as tf.Tensor4D, kernel, stride, padding), bias), buffers };
    },
  };
}
