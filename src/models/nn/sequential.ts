import type { Tensor } from '@tensorflow/tfjs-core';
import { fold, type Tree, type Value } from '../../engine/index.ts';
import type { Layer } from './layer.ts';

/** Layers one after the other. The parameters of each are under its number, `0`, `1`, ...; layers without any leave none. */
export function sequential(layers: readonly Layer[]): Layer {
  return {
    init(key, shape) {
      const weights: Record<string, Tree<Value>> = {};
      const memory: Record<string, Tree<Value>> = {};
      let reached = shape;
      layers.forEach((layer, number) => {
        const initial = layer.init(fold(key, number), reached);
        if (Object.keys(initial.weights).length > 0) weights[number] = initial.weights;
        if (Object.keys(initial.memory).length > 0) memory[number] = initial.memory;
        reached = initial.shape;
      });
      return { weights, memory, shape: reached };
    },
    apply({ weights, memory }, x, training) {
      const after: Record<string, Tree<Tensor>> = {};
      let y = x;
      layers.forEach((layer, number) => {
        const parameters = { weights: branch(weights, number), memory: branch(memory, number) };
        const applied = layer.apply(parameters, y, training);
        if (number in memory) after[number] = applied.memory;
        y = applied.y;
      });
      return { y, memory: after };
    },
  };
}

function branch(tree: Tree<Tensor>, number: number): Tree<Tensor> {
  return (tree[number] ?? {}) as Tree<Tensor>;
}
