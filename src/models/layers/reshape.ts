import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { sizeOf } from '../../engine/index.ts';
import type { Layer } from './layer.ts';

/** The same numbers of every example in another shape. */
export function reshape(to: readonly number[]): Layer {
  for (const side of to) wholeNumber('reshape: to', side, 1);
  return {
    init(_, shape) {
      if (sizeOf(shape) !== sizeOf(to)) {
        throw new RangeError(`reshape: expected inputs of ${sizeOf(to)} numbers for [${to}], got [${shape}]`);
      }
      return { weights: {}, buffers: {}, shape: to };
    },
    apply: ({ buffers }, x) => ({ y: tf.reshape(x, [x.shape[0]!, ...to]), buffers }),
  };
}

/** Every example as a vector. */
export function flatten(): Layer {
  return {
    init: (_, shape) => ({ weights: {}, buffers: {}, shape: [sizeOf(shape)] }),
    apply: ({ buffers }, x) => ({ y: tf.reshape(x, [x.shape[0]!, x.size / x.shape[0]!]), buffers }),
  };
}
