import * as tf from '@tensorflow/tfjs-core';
import { fold, type Tree } from '../../engine/index.ts';
import type { Layer } from './layer.ts';
import { sequential } from './sequential.ts';

/**
 * x plus what the layers make of it. He et al., https://arxiv.org/abs/1512.03385, equation 1; with
 * a shortcut, what that makes of x plus it, equation 2. The parameters are those of
 * `sequential(layers)`, with a shortcut under `layers` and `shortcut`.
 * @throws RangeError at `init` when the shapes of both paths differ
 */
export function residual(layers: readonly Layer[], shortcut?: Layer): Layer {
  const inner = sequential(layers);
  if (shortcut !== undefined) return sum(inner, shortcut);
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

function sum(inner: Layer, shortcut: Layer): Layer {
  return {
    init(key, shape, inputs) {
      const a = inner.init(fold(key, 'layers'), shape, inputs);
      const b = shortcut.init(fold(key, 'shortcut'), shape, inputs);
      if (a.shape.join() !== b.shape.join())
        throw new RangeError(
          `residual: expected a shortcut from [${shape}] to [${a.shape}], got [${b.shape}]`,
        );
      return {
        weights: { layers: a.weights, shortcut: b.weights },
        buffers: { layers: a.buffers, shortcut: b.buffers },
        shape: a.shape,
        taps: { ...a.taps, ...b.taps },
      };
    },
    apply({ weights, buffers }, x, training, condition) {
      const of = (name: string) => ({
        weights: (weights[name] ?? {}) as Tree<tf.Tensor>,
        buffers: (buffers[name] ?? {}) as Tree<tf.Tensor>,
      });
      const a = inner.apply(of('layers'), x, training, condition);
      const b = shortcut.apply(of('shortcut'), x, training, condition);
      return {
        y: tf.add(a.y, b.y),
        buffers: { layers: a.buffers, shortcut: b.buffers },
        taps: { ...a.taps, ...b.taps },
      };
    },
  };
}
