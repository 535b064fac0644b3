import type { Tensor } from '@tensorflow/tfjs-core';
import { fold, type Tree, type Value } from '../../engine/index.ts';
import type { Layer } from './layer.ts';

/**
 * Layers one after the other. The parameters of each are under its number, `0`, `1`, ...; layers
 * without any leave none. All of them receive the condition, and their named outputs are merged.
 */
export function sequential(layers: readonly Layer[]): Layer {
  return {
    init(key, shape, { draw, ...inputs } = {}) {
      const weights: Record<string, Tree<Value>> = {};
      const buffers: Record<string, Tree<Value>> = {};
      const taps: Record<string, readonly number[]> = {};
      let reached = shape;
      layers.forEach((layer, number) => {
        const initial = layer.init(fold(key, number), reached, {
          ...inputs,
          ...(number === 0 && draw && { draw }),
        });
        if (Object.keys(initial.weights).length > 0) weights[number] = initial.weights;
        if (Object.keys(initial.buffers).length > 0) buffers[number] = initial.buffers;
        Object.assign(taps, initial.taps);
        reached = initial.shape;
      });
      return { weights, buffers, shape: reached, taps };
    },
    apply({ weights, buffers }, x, training, condition) {
      const after: Record<string, Tree<Tensor>> = {};
      const taps: Record<string, Tensor> = {};
      let y = x;
      layers.forEach((layer, number) => {
        const parameters = { weights: branch(weights, number), buffers: branch(buffers, number) };
        const applied = layer.apply(parameters, y, training, condition);
        if (number in buffers) after[number] = applied.buffers;
        Object.assign(taps, applied.taps);
        y = applied.y;
      });
      return { y, buffers: after, taps };
    },
  };
}

function branch(tree: Tree<Tensor>, number: number): Tree<Tensor> {
  return (tree[number] ?? {}) as Tree<Tensor>;
}
