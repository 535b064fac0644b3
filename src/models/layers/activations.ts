import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import type { Layer } from './layer.ts';

/** A layer without parameters that changes every number alike. */
function elementwise(change: (x: tf.Tensor) => tf.Tensor): Layer {
  return {
    init: (_, shape) => ({ weights: {}, buffers: {}, shape }),
    apply: ({ buffers }, x) => ({ y: change(x), buffers }),
  };
}

/** max(x, 0). */
export const relu = (): Layer => elementwise((x) => tf.relu(x));

/** x above 0, slope * x below. */
export function leakyRelu(slope = 0.2): Layer {
  finiteNumber('leakyRelu: slope', slope, 0, 1);
  return elementwise((x) => tf.leakyRelu(x, slope));
}

/** The hyperbolic tangent, from -1 to 1. */
export const tanh = (): Layer => elementwise((x) => tf.tanh(x));

/** 1 / (1 + exp(-x)). */
export const sigmoid = (): Layer => elementwise((x) => tf.sigmoid(x));

/** x above 0, exp(x) - 1 below. Clevert et al., https://arxiv.org/abs/1511.07289. */
export const elu = (): Layer => elementwise((x) => tf.elu(x));

/** log(1 + exp(x)). */
export const softplus = (): Layer => elementwise((x) => tf.softplus(x));
