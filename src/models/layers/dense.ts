import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold } from '../../engine/index.ts';
import { heNormal, type Initializer, zeros } from './initializer.ts';
import type { Layer } from './layer.ts';

/** Options of a dense layer. */
export interface DenseOptions {
  /** @default heNormal */
  readonly kernel?: Initializer;
  /** @default zeros */
  readonly bias?: Initializer;
}

/** y = x W + b: [inputs] to [units]. */
export function dense(units: number, options: DenseOptions = {}): Layer {
  const { kernel = heNormal, bias = zeros } = options;
  wholeNumber('dense: units', units, 1);
  return {
    init(key, shape) {
      const [inputs = 0] = shape;
      if (shape.length !== 1)
        throw new RangeError(`dense: expected inputs of rank 1, got [${shape}]; flatten() first`);
      const fan = { in: inputs, out: units };
      const weights = {
        kernel: kernel(fold(key, 'kernel'), [inputs, units], fan),
        bias: bias(fold(key, 'bias'), [units], fan),
      };
      return { weights, buffers: {}, shape: [units] };
    },
    apply({ weights, buffers }, x) {
      const { kernel, bias } = weights as { kernel: tf.Tensor2D; bias: tf.Tensor1D };
      return { y: tf.add(tf.matMul(x as tf.Tensor2D, kernel), bias), buffers };
    },
  };
}
