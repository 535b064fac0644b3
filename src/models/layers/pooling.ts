import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { imageShape } from './conv2d.ts';
import type { Layer } from './layer.ts';

/**
 * Images with each pixel repeated `factor` times along both sides, [count, height, width, channels]
 * to [count, factor height, factor width, channels].
 */
export function upsampled(images: tf.Tensor, factor = 2): tf.Tensor {
  if (factor === 1) return images;
  const [, height, width] = images.shape as tf.Tensor4D['shape'];
  return tf.image.resizeNearestNeighbor(images as tf.Tensor4D, [factor * height, factor * width]);
}

/**
 * Images whose pixels are the means of blocks of `factor` x `factor`. @throws RangeError when the
 * sides are no multiples of the factor
 */
export function averagePooled(images: tf.Tensor, factor = 2): tf.Tensor {
  if (factor === 1) return images;
  requireMultiples('averagePooled', images.shape.slice(1), factor);
  return tf.avgPool(images as tf.Tensor4D, factor, factor, 'valid');
}

/** Images of `side` enlarged bilinearly, with half-pixel centres. */
export function enlarged(images: tf.Tensor, side: number): tf.Tensor {
  return tf.image.resizeBilinear(images as tf.Tensor4D, [side, side], false, true);
}

/** Nearest upsampling: [height, width, channels] to [factor height, factor width, channels]. */
export function upsample(factor = 2): Layer {
  wholeNumber('upsample: factor', factor, 1);
  return {
    init(_, shape) {
      const [height, width, channels] = imageShape('upsample', shape);
      return { weights: {}, buffers: {}, shape: [factor * height, factor * width, channels] };
    },
    apply: ({ buffers }, x) => ({ y: upsampled(x, factor), buffers }),
  };
}

/**
 * Average pooling: the means of blocks, [height, width, channels] to [height / factor, width /
 * factor, channels]. @throws RangeError at `init` when the sides are no multiples of the factor
 */
export function averagePool(factor = 2): Layer {
  wholeNumber('averagePool: factor', factor, 1);
  return {
    init(_, shape) {
      const [height, width, channels] = imageShape('averagePool', shape);
      requireMultiples('averagePool', shape, factor);
      return { weights: {}, buffers: {}, shape: [height / factor, width / factor, channels] };
    },
    apply: ({ buffers }, x) => ({ y: averagePooled(x, factor), buffers }),
  };
}

/** Global sum pooling: [height, width, channels] to the sums of the maps, [channels]. */
export function globalSumPool(): Layer {
  return {
    init(_, shape) {
      const [, , channels] = imageShape('globalSumPool', shape);
      return { weights: {}, buffers: {}, shape: [channels] };
    },
    apply: ({ buffers }, x) => ({ y: tf.sum(x, [1, 2]), buffers }),
  };
}

function requireMultiples(name: string, shape: readonly number[], factor: number): void {
  const [height = 0, width = 0] = shape;
  if (height % factor !== 0 || width % factor !== 0)
    throw new RangeError(`${name}: expected sides that are multiples of ${factor}, got ${height}x${width}`);
}
