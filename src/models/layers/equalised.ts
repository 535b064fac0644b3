import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';
import { fold, normals, sizeOf, type Value } from '../../engine/index.ts';
import type { Layer } from './layer.ts';

/**
 * Equalised learning rate: the kernel of a dense layer or a convolution is N(0, 1) at first, and is
 * multiplied by gain / sqrt(fan in) wherever it is used; the bias is not. Adam then moves all
 * effective kernels in proportion to their scale. Karras et al., https://arxiv.org/abs/1710.10196,
 * section 4.1. Its code takes the gain sqrt(2), 1 for linear outputs, and sqrt(2) / 4 for the first
 * dense layer of the generator.
 * @throws RangeError at `init` for a layer without one kernel of [..., inputs, outputs]
 */
export function equalised(layer: Layer, gain = Math.SQRT2): Layer {
  positiveNumber('equalised: gain', gain);
  return {
    init(key, shape, inputs) {
      const initial = layer.init(key, shape, inputs);
      const { kernel } = initial.weights as { readonly kernel?: Value };
      if (kernel?.shape === undefined || kernel.shape.at(-1) !== initial.shape.at(-1))
        throw new RangeError(
          `equalised: expected a layer with a kernel of [..., inputs, outputs], got ${
            kernel?.shape ? `one of [${kernel.shape}]` : 'none'
          }`,
        );
      return {
        ...initial,
        weights: { ...initial.weights, kernel: normals(fold(key, 'equalised'), kernel.shape) },
      };
    },
    apply({ weights, buffers }, x, training, condition) {
      const kernel = weights.kernel as tf.Tensor;
      const scaled = tf.mul(kernel, gain / Math.sqrt(sizeOf(kernel.shape.slice(0, -1))));
      return layer.apply({ weights: { ...weights, kernel: scaled }, buffers }, x, training, condition);
    },
  };
}
