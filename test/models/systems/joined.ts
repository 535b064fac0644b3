import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '../../../src/models/index.ts';

/** A layer on points beside their condition, [size]: a critic of pairs. */
export function joined(layer: Layer, size: number): Layer {
  return {
    init: (key, [width = 0]) => layer.init(key, [width + size]),
    apply: (parameters, x, training, condition) =>
      layer.apply(parameters, tf.concat([x, condition!], 1), training),
  };
}
