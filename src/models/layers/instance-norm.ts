import { positiveNumber } from '../../base/index.ts';
import { Value } from '../../engine/index.ts';
import { imageShape } from './conv2d.ts';
import type { Layer } from './layer.ts';
import { type NormOptions, standardised } from './layer-norm.ts';

/**
 * Instance normalisation: every channel of every image to mean 0 and variance 1 over its pixels,
 * then a gain and a bias for each channel. Ulyanov et al., https://arxiv.org/abs/1607.08022,
 * equation 4.
 */
export function instanceNorm({ epsilon = 1e-5 }: NormOptions = {}): Layer {
  positiveNumber('instanceNorm: epsilon', epsilon);
  return {
    init(_, shape) {
      const [, , channels] = imageShape('instanceNorm', shape);
      return {
        weights: { gain: Value.filled([channels], 1), bias: Value.filled([channels], 0) },
        buffers: {},
        shape,
      };
    },
    apply: ({ weights, buffers }, x) => ({ y: standardised(x, [1, 2], weights, epsilon), buffers }),
  };
}
