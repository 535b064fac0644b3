import type { Tensor } from '@tensorflow/tfjs-core';
import { fold, type Tree } from '../../engine/index.ts';
import { type DenseOptions, dense, type Layer } from '../../models/index.ts';
import { duelingValues } from '../learning/dueling.ts';

/**
 * The output layer of a dueling network: a state's value and its actions' advantages, put together.
 */
export function duelingHead(actions: number, options: DenseOptions): Layer {
  const value = dense(1, options);
  const advantage = dense(actions, options);
  return {
    init(key, shape) {
      const weights = {
        value: value.init(fold(key, 'value'), shape).weights,
        advantage: advantage.init(fold(key, 'advantage'), shape).weights,
      };
      return { weights, buffers: {}, shape: [actions] };
    },
    apply({ weights, buffers }, x, training) {
      const of = (layer: Layer, name: string) =>
        layer.apply({ weights: weights[name] as Tree<Tensor>, buffers }, x, training).y;
      return { y: duelingValues(of(value, 'value'), of(advantage, 'advantage')), buffers };
    },
  };
}
