import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { sequential } from './sequential.ts';

/**
 * x plus what the layers make of it. He et al., https://arxiv.org/abs/1512.03385, equation 1. The
 * parameters are those of `sequential(layers)`.
 * @throws RangeError at `init` when the layers change the shape
 */
export function residual(layers: readonly Layer[]): Layer {
  const inner = sequential(layers);
  return {
    init(key, shape, inputs) {
      const initial = inner.init(key, shape, inputs);
      if (initial.shape.join() !== shape.join())
        throw new RangeError(`residual: expected layers from [${shape}] to the same, got [${initial.shape}]`);
      return initial;
    },
    apply(parameters, x, training, condition) {
      const applied = inner.apply(parameters, x, training, condition);
      return { ...applied, y: tf.add(x, applied.y) };
    },
  };
}
