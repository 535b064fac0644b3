import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';

/**
 * x beside what a layer makes of it, along the channels: a skip connection of a U-Net, whose
 * `inner` goes down, may hold the next skip, and comes up again. Ronneberger et al.,
 * https://arxiv.org/abs/1505.04597. The parameters are those of the layer.
 * @throws RangeError at `init` when the layer changes the sides
 */
export function skip(inner: Layer): Layer {
  return {
    init(key, shape, inputs) {
      const initial = inner.init(key, shape, inputs);
      const [sides, reached] = [shape.slice(0, -1), initial.shape.slice(0, -1)];
      if (sides.join() !== reached.join() || initial.shape.length !== shape.length)
        throw new RangeError(
          `skip: expected a layer from [${shape}] to the same sides, got [${initial.shape}]`,
        );
      return { ...initial, shape: [...sides, shape.at(-1)! + initial.shape.at(-1)!] };
    },
    apply(parameters, x, training, condition) {
      const applied = inner.apply(parameters, x, training, condition);
      return { ...applied, y: tf.concat([x, applied.y], -1) };
    },
  };
}
