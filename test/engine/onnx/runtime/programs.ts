import * as tf from '@tensorflow/tfjs-core';
import { differentiate, type Program, type Tree, Value } from '../../../../src/engine/index.ts';

/** Descends the square of `w` by the input `rate`, counts steps, and passes `table` on. */
export const descend: Program = {
  name: 'descend',
  run: (state, { rate }) => {
    const { loss, gradients } = differentiate({ w: state.w as tf.Tensor }, ({ w }) => ({
      loss: tf.sum(tf.square(w as tf.Tensor)),
      extra: {},
    }));
    const w = tf.sub(state.w as tf.Tensor, tf.mul(gradients.w as tf.Tensor, rate as tf.Tensor));
    return {
      state: {
        w,
        nested: { steps: tf.add((state.nested as Tree<tf.Tensor>).steps as tf.Tensor, 1) },
        table: state.table!,
      },
      outputs: { loss, nested: { w } },
    };
  },
};

export const start: Tree<Value> = {
  w: Value.of([1, -2, 3, 4], [1, 2, 1, 2]),
  nested: { steps: Value.scalar(0) },
  table: new Value('int32', [2], Int32Array.of(7, 8)),
};

export const rate = (value: number): Tree<Value> => ({ rate: Value.scalar(value) });
